import { byCodeUnit } from '../../base/code-units.js';
import { hashRecord, type Digest } from '../../base/digest.js';
import type { Shard } from './batch-plan.js';
import type { BatchPlan } from './batch-plan.js';
import type { PlannedRun } from './planned-run.js';

/** `2/5`. */
export function shardText({ index, count }: Shard): string {
  return `${String(index)}/${String(count)}`;
}

/**
 * Divides a plan into parts of about equal duration and returns one of them. Longest first, each to the part
 * with the smallest sum so far; runs with equal inputs stay together, so that they are computed once. The
 * division depends only on the plan and the durations, not on cached results.
 *
 * @param durations recorded milliseconds of one execution, by run name; a run without any counts with its
 * estimate
 */
export function shardPlan(plan: BatchPlan, shard: Shard, durations: ReadonlyMap<string, number>): BatchPlan {
  const parts = assign(groupsOf(plan.runs, durations), shard.count);
  const part = plan.runs.map((run) => parts.get(run.input_key)!);
  const positions = [...part.keys()].filter((position) => part[position] === shard.index - 1);
  const partition = hashRecord({ plan: plan.digest, parts: part });
  return {
    runs: positions.map((position) => plan.runs[position]!),
    digest: plan.digest,
    shard: { ...shard, total: plan.runs.length, positions, partition },
  };
}

interface Group {
  readonly key: Digest;
  /** The first of its names by code unit. */
  readonly name: string;
  readonly weight: number;
}

function groupsOf(runs: readonly PlannedRun[], durations: ReadonlyMap<string, number>): Group[] {
  const groups = new Map<Digest, { name: string; weight: number }>();
  for (const run of runs) {
    const weight = (durations.get(run.name) ?? run.estimated_ms) * run.repeat;
    const group = groups.get(run.input_key);
    if (group === undefined) groups.set(run.input_key, { name: run.name, weight });
    else {
      group.weight = Math.max(group.weight, weight);
      if (run.name < group.name) group.name = run.name;
    }
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

/** The part of each group, from 0. */
function assign(groups: readonly Group[], count: number): Map<Digest, number> {
  const loads = Array.from({ length: count }, () => ({ weight: 0, groups: 0 }));
  const parts = new Map<Digest, number>();
  const longestFirst = [...groups].sort((a, b) => b.weight - a.weight || byCodeUnit(a.name, b.name));
  for (const { key, weight } of longestFirst) {
    let least = 0;
    for (let part = 1; part < count; part++) {
      const [a, b] = [loads[part]!, loads[least]!];
      if (a.weight < b.weight || (a.weight === b.weight && a.groups < b.groups)) least = part;
    }
    loads[least]!.weight += weight;
    loads[least]!.groups++;
    parts.set(key, least);
  }
  return parts;
}
