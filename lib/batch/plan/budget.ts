import type { Problem } from '../../base/problem.js';
import type { RunInputs } from '../../engine/inputs.js';
import { largestGraph } from '../../engine/umx/graph-walk.js';
import { runMemory } from '../../execution/run-memory.js';

/** Maximum cost of one run, checked before anything is allocated for it. Null: no limit. */
export interface RunBudget {
  /** Ticks x (nodes + edges). */
  readonly work: number | null;
  /** Estimated bytes of artefacts. */
  readonly bytes: number | null;
  /** Estimated bytes of memory. */
  readonly memory_bytes: number | null;
}

/** Far above any intended run; still catches typing errors. */
export const DEFAULT_BUDGET: RunBudget = { work: 1e12, bytes: 2 ** 40, memory_bytes: 16 * 2 ** 30 };

/** Measured on full runs, rounded up: bytes of artefacts per tick, and per tick and node or edge. */
const TICK_BYTES = 4_000;
const ELEMENT_BYTES = 80;
/** Measured peak memory of an idle worker, in bytes, rounded up. */
const REST_BYTES = 64 * 2 ** 20;

export interface RunCost {
  readonly work: number;
  readonly bytes: number;
  readonly memory_bytes: number;
}

/** Maximum share of these bytes that a compact run stores. */
const COMPACT_SHARE = 1 / 20;

/** Estimated cost of a run, from its inputs alone. Memory does not grow with ticks. */
export function estimatedCost(inputs: RunInputs, retain: 'full' | 'compact' = 'full'): RunCost {
  const { run } = inputs;
  const { nodes, edges } = largestGraph(inputs);
  const elements = nodes + edges;
  const full = run.ticks * (TICK_BYTES + ELEMENT_BYTES * elements);
  return {
    work: run.ticks * elements,
    bytes: retain === 'full' ? full : Math.ceil(full * COMPACT_SHARE),
    memory_bytes: REST_BYTES + runMemory(inputs),
  };
}

const LIMITS = [
  ['work', 'ticks x (nodes + edges)', '--max-work'],
  ['bytes', 'estimated bytes of artefacts', '--max-bytes'],
  ['memory_bytes', 'estimated bytes of memory', '--max-memory'],
] as const;

/** All limits that a run would exceed, as problems of the document that requests it. */
export function overBudget(
  inputs: RunInputs,
  budget: RunBudget,
  at: {
    readonly name: string;
    readonly retain: 'full' | 'compact';
    /** Place of the run in its document. */
    readonly place: Pick<Problem, 'file' | 'line' | 'column' | 'pointer'>;
  },
): Problem[] {
  const cost = estimatedCost(inputs, at.retain);
  const { file, line, column, pointer } = at.place;
  return LIMITS.flatMap(([key, what, option]) => {
    const limit = budget[key];
    if (limit === null || cost[key] <= limit) return [];
    return [
      {
        code: 'over-budget',
        message: `run ${at.name} would take more than its budget of ${what}`,
        file,
        line,
        column,
        pointer,
        found: String(cost[key]),
        expected: `at most ${String(limit)}`,
        hint: `if this is intended, raise the limit with ${option}`,
      },
    ];
  });
}
