import { hashList } from '../../base/digest.js';
import type { Json } from '../../base/canonical-json.js';
import type { Checked } from '../../base/problem.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import {
  MAX_CELLS,
  ProblemSet,
  tooManyCells,
  tooManyTogether,
  type ManifestScenario,
} from '../../config/index.js';
import { cellBound } from '../../config/index.js';
import { EVERYTHING, selectsScenario, type Selection } from '../expand/select.js';
import type { CellStep, ExpandOptions } from '../expand/expand-selected.js';
import type { KeyedCell, KeyOptions } from '../key/key-cells.js';
import type { ResolveOptions } from '../resolve/resolve-cells.js';
import { PlanDecisions, type DecisionOptions } from './plan-decisions.js';
import type { PlannedRun } from './planned-run.js';
import type { BatchPlan } from './batch-plan.js';

/** Options of the stages that key cells. */
export interface CellOptions extends ExpandOptions, ResolveOptions, KeyOptions {}

/** Options of all stages up to the plan. */
export interface PlanOptions extends CellOptions, DecisionOptions {}

/** Plans every run as in its documents; options of a call override it. */
export const AS_WRITTEN = {
  selection: EVERYTHING,
  overrides: [],
  force: false,
  last_failed: false,
  repeat_each: null,
  timeout_ms: null,
  retries: null,
} as const satisfies Omit<PlanOptions, 'registry' | 'store'>;

export interface CellPlanOptions extends DecisionOptions {
  /** Ascending by id. */
  readonly scenarios: readonly ManifestScenario[];
  readonly selection: Selection;
  /** The cells of a scenario in the order of its sweep. */
  readonly cellsOf: (
    scenario: ManifestScenario,
  ) => Iterable<CellStep<KeyedCell>> | AsyncIterable<CellStep<KeyedCell>>;
}

/**
 * Decides for each keyed cell if it is executed, and why, without running or writing anything. All invalid
 * documents are reported together.
 */
export async function planCells(options: CellPlanOptions): Promise<Checked<BatchPlan>> {
  const selected = options.scenarios.filter((one) => selectsScenario(options.selection, one));
  const tooMany = tooManyTogether(selected);
  if (tooMany.length > 0) return { ok: false, problems: tooMany };
  const problems = new ProblemSet();
  const decisions = new PlanDecisions(options);
  for (const scenario of selected) {
    if (cellBound(scenario) > MAX_CELLS) problems.add([tooManyCells(scenario)]);
    else await planScenario(scenario, options, decisions, problems);
  }
  if (problems.size > 0) return { ok: false, problems: problems.sorted() };
  const { runs } = decisions;
  const digest = hashList(namesAndKeys(runs));
  return { ok: true, value: { runs, digest } };
}

function* namesAndKeys(runs: readonly PlannedRun[]): Generator<Json> {
  for (const { name, input_key } of runs) yield [name, input_key];
}

async function planScenario(
  scenario: ManifestScenario,
  { cellsOf }: CellPlanOptions,
  decisions: PlanDecisions,
  problems: ProblemSet,
): Promise<void> {
  const yieldTimer = new YieldTimer();
  for await (const step of cellsOf(scenario)) {
    if (yieldTimer.isDue) await yieldTimer.yield();
    problems.add(step.problems);
    if (step.cell === undefined) continue;
    if (problems.size === 0) await decisions.decide(scenario, step.cell);
    // Cached runs cost nothing.
    const last = decisions.runs.at(-1);
    const isDone = last?.name === step.cell.cell.name && last.action === 'cached';
    if (!isDone) problems.add(step.cell.over_budget);
  }
}
