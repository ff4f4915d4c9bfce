import type { RunBudget } from '../../batch/plan/budget.js';
import type { ManifestScenario, ScenarioList, ScenarioRegistry } from '../../config/index.js';
import type { RunInputs } from '../../engine/inputs.js';
import { graphAt } from '../../inspect/index.js';
import { Refusal } from '../refusal.js';
import { planRun } from '../runs/run-plan.js';
import type { GovernanceKnobs } from '../state/governance-document.js';
import type { GovernancePreview } from '../wire/governance.js';

/** @throws Refusal unknown-scenario, with similar names */
export function requireScenario(list: ScenarioList, id: string): ManifestScenario {
  const scenario = list.get(id);
  if (scenario !== undefined) return scenario;
  throw new Refusal('unknown-scenario', `There is no scenario ${id}`, { near: list.nearest(id) });
}

/** Result of resolving all scenarios. */
export interface Survey {
  /** Ids of scenarios that do not resolve. */
  readonly broken: readonly string[];
  /** The scenario with the least work that is expected to complete; null if there is none. */
  readonly smallest: string | null;
}

export function surveyOf(registry: ScenarioRegistry): Survey {
  const broken: string[] = [];
  let best: { readonly id: string; readonly work: number } | undefined;
  for (const { id, expect } of registry.scenarios) {
    const resolved = registry.resolve(id);
    if (!resolved.ok) broken.push(id);
    else if (expect === 'completed') {
      const { run, topology } = resolved.value;
      const work = run.ticks * (topology.N + topology.edges.length);
      if (best === undefined || work < best.work) best = { id, work };
    }
  }
  return { broken, smallest: best?.id ?? null };
}

export interface PreviewOptions {
  readonly after: GovernanceKnobs;
  /** Input key of each golden, by run name. */
  readonly accepted: ReadonlyMap<string, string>;
  readonly budget: RunBudget;
}

/** Scenarios with a golden whose inputs a change of governance would change. */
export function previewOf(
  registry: ScenarioRegistry,
  { after, accepted, budget }: PreviewOptions,
): GovernancePreview['goldens'] {
  const rows: GovernancePreview['goldens'][number][] = [];
  for (const { id, golden } of registry.scenarios) {
    if (golden === false && !accepted.has(id)) continue;
    try {
      const plain = { registry, budget, governance: { mode: null, budget: {} } };
      const before = planRun({ scenario_id: id }, plain);
      const planned = planRun({ scenario_id: id }, { ...plain, governance: after });
      const key = accepted.get(before.name) ?? before.input_key;
      rows.push({ name: before.name, scenario_id: id, changes: planned.input_key !== key });
    } catch (error) {
      // A scenario with invalid documents has nothing that could change.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return rows;
}

/** The graph in a tick of a run, in API form. */
export function shownGraph(inputs: RunInputs, tick: number): object {
  const graph = graphAt(inputs, tick);
  const changes = [...new Set((inputs.slp ?? []).map(({ tick_effective }) => tick_effective))];
  const nodes = graph.nodes.map(({ node_id, label }) => ({ node_id, label }));
  const edges = graph.edges.map(({ e_id, i, j, k, cap }) => ({ e_id, i, j, k, cap }));
  return { gid: graph.gid, changes, nodes, edges };
}
