import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../../base/canonical-json.js';
import { hashRecord, type Digest } from '../../base/digest.js';
import type { Checked, Problem } from '../../base/problem.js';
import {
  MAX_CELLS,
  ProblemSet,
  tooManyCells,
  type ManifestScenario,
  type Override,
  type ScenarioRegistry,
} from '../../config/index.js';
import type { ArtefactStore } from '../../store/port.js';
import type { RunRecord } from '../../store/records.js';
import { DEFAULT_BUDGET, overBudget, type RunBudget } from './budget.js';
import type { NamedCell } from '../expand/cell-name.js';
import { cellBound, expandCells } from '../expand/expand.js';
import { fixedValues } from '../expand/fixed-values.js';
import { sharedName } from '../expand/shared-names.js';
import { fullyNamed, resolveCell, type ResolvedCell } from './resolve-cell.js';
import { PlanDecisions } from './plan-decisions.js';
import type { PlannedRun } from './planned-run.js';
import type { PlanShard } from './shard.js';
import { EVERYTHING, selectsRun, selectsScenario, type Selection } from '../expand/select.js';

export { MAX_CELLS } from '../../config/index.js';

export interface PlanOptions {
  readonly registry: ScenarioRegistry;
  readonly store: ArtefactStore;
  readonly selection: Selection;
  /** Put over the documents of every scenario, after the cell's own values. */
  readonly overrides: readonly Override[];
  /** Execute even what the store has. */
  readonly force: boolean;
  /** Only runs whose last result is no success. */
  readonly last_failed: boolean;
  /** Why a success may count as none: its golden says otherwise. Asked only for `last_failed`. */
  readonly disagreed?: ((scenario: ManifestScenario, last: RunRecord, name: string) => boolean) | undefined;
  /** Executions per cell, instead of the scenarios' own; null for theirs. */
  readonly repeat_each: number | null;
  readonly timeout_ms: number | null;
  readonly retries: number | null;
  /** What a run that is to be executed may cost; DEFAULT_BUDGET when absent. */
  readonly budget?: RunBudget;
}

/** Plans every run as its documents have it; what a call asks for besides stands over it. */
export const AS_WRITTEN = {
  selection: EVERYTHING,
  overrides: [],
  force: false,
  last_failed: false,
  repeat_each: null,
  timeout_ms: null,
  retries: null,
} as const satisfies Omit<PlanOptions, 'registry' | 'store'>;

export interface BatchPlan {
  /** In the order of scenario ids, and of each sweep. */
  readonly runs: readonly PlannedRun[];
  /** H of the names and input keys of the whole plan, whatever part of it the runs are. */
  readonly digest: Digest;
  /** Which part of the plan the runs are; absent for all of it. */
  readonly shard?: PlanShard;
}

/**
 * Expands, resolves, keys and decides, without running or writing anything. All invalid documents are reported
 * together.
 */
export async function planBatch(options: PlanOptions): Promise<Checked<BatchPlan>> {
  const problems = new ProblemSet();
  const decisions = new PlanDecisions(options);
  for (const scenario of options.registry.scenarios) {
    if (!selectsScenario(options.selection, scenario)) continue;
    if (cellBound(scenario) > MAX_CELLS) problems.add([tooManyCells(scenario)]);
    else await planScenario(scenario, options, decisions, problems);
  }
  if (problems.size > 0) return { ok: false, problems: problems.sorted() };
  const { runs } = decisions;
  const digest = hashRecord(runs.map((run) => [run.name, run.input_key]));
  return { ok: true, value: { runs, digest } };
}

/** Cells after which signals and requests get their turn. */
const CELLS_PER_TURN = 256;

async function planScenario(
  scenario: ManifestScenario,
  options: PlanOptions,
  decisions: PlanDecisions,
  problems: ProblemSet,
): Promise<void> {
  const { registry, overrides, selection } = options;
  const fixed = fixedValues(scenario, overrides);
  const planned = new Map<string, string>();
  let cells = 0;
  for (const plain of expandCells(scenario.id, scenario, fixed.values)) {
    cells += 1;
    if (cells % CELLS_PER_TURN === 0) await setImmediate();
    const names = [plain.name, fullyNamed(scenario.id, plain, overrides).name];
    if (!names.some((name) => selectsRun(selection, name))) continue;
    problems.add(fixed.problems);
    problems.add(sharedName(scenario, plain));
    const resolved = resolveCell(registry, scenario, { cell: plain, overrides });
    if (!resolved.ok) {
      problems.add(resolved.problems);
      continue;
    }
    const { cell } = resolved.value;
    // An override may give a cell the value by which the sweep tells it from another.
    const values = canonicalJson(cell.values);
    if (overrides.length > 0 && planned.get(cell.name) === values) continue;
    planned.set(cell.name, values);
    if (problems.size === 0) await decisions.decide(scenario, resolved.value, plain.name);
    problems.add(costProblems(scenario, cell, resolved.value, { options, decisions }));
  }
}

/** What keeps a run that is to be executed within its budget; what is done already costs nothing. */
function costProblems(
  scenario: ManifestScenario,
  cell: NamedCell,
  { inputs }: ResolvedCell,
  { options, decisions }: { readonly options: PlanOptions; readonly decisions: PlanDecisions },
): readonly Problem[] {
  const last = decisions.runs.at(-1);
  if (last?.name === cell.name && last.action === 'cached') return [];
  const at = { ...scenario.source, name: cell.name, retain: scenario.retain };
  return overBudget(inputs, options.budget ?? DEFAULT_BUDGET, at);
}
