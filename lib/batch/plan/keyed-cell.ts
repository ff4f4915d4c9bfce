import { canonicalJson } from '../../base/canonical-json.js';
import type { Problem } from '../../base/problem.js';
import type { ConfigRunId } from '../../base/run-id.js';
import type { ManifestScenario, Override, ScenarioRegistry } from '../../config/index.js';
import type { InputKey } from '../../session/input-key.js';
import type { NamedCell } from '../expand/cell-name.js';
import { expandCells } from '../expand/expand.js';
import { fixedValues } from '../expand/fixed-values.js';
import { selectsRun, type Selection } from '../expand/select.js';
import { sharedName } from '../expand/shared-names.js';
import { DEFAULT_BUDGET, overBudget, type RunBudget } from './budget.js';
import { estimatedMs } from './forecast.js';
import { CellResolver, fullyNamed, type CellSource, type ResolvedCell } from './resolve-cell.js';

/**
 * Facts about a cell and its inputs that a plan needs. Plain data whose size does not depend on the
 * documents.
 */
export interface CellFacts {
  /** Name of the cell without overrides. */
  readonly plain: string;
  /** Includes the overrides that change the inputs. */
  readonly cell: NamedCell;
  readonly key: InputKey;
  readonly config_run_id: ConfigRunId;
  readonly gid: string;
  readonly ticks_total: number;
  /** Milliseconds estimated from the amount of work. */
  readonly estimated_ms: number;
  /** The limits that executing the cell would exceed. */
  readonly over_budget: readonly Problem[];
}

/** A cell of a scenario, resolved and keyed. */
export interface KeyedCell extends CellFacts {
  /** Source of the inputs for the values of the cell. */
  readonly source: CellSource;
}

/** One cell of a sweep: its problems or its facts; neither if the selection excludes it. */
export interface CellStep<Cell = KeyedCell> {
  readonly problems: readonly Problem[];
  readonly cell?: Cell;
}

export interface KeyOptions {
  readonly registry: ScenarioRegistry;
  readonly selection: Selection;
  /** Applied to every run. */
  readonly overrides: readonly Override[];
  /** Maximum cost of a run to execute; default DEFAULT_BUDGET. */
  readonly budget?: RunBudget;
}

const LEFT_OUT: CellStep = { problems: [] };

/** Expands, resolves and keys the cells of a scenario, in the order of its sweep. */
export function* keyedCells(scenario: ManifestScenario, options: KeyOptions): Generator<CellStep> {
  const { registry, overrides, selection } = options;
  const fixed = fixedValues(scenario, overrides);
  const resolver = new CellResolver(registry, scenario, overrides);
  const repeats = new Repeats();
  for (const plain of expandCells(scenario.id, scenario, fixed.values)) {
    const isSelected =
      selectsRun(selection, plain.name) ||
      selectsRun(selection, fullyNamed(scenario.id, plain, overrides).name);
    if (!isSelected) {
      yield LEFT_OUT;
      continue;
    }
    const problems = [...fixed.problems, ...sharedName(scenario, plain)];
    const resolved = resolver.resolve(plain);
    if (!resolved.ok) {
      yield { problems: [...problems, ...resolved.problems] };
      continue;
    }
    if (overrides.length > 0 && repeats.has(resolved.value.cell)) {
      yield { problems };
      continue;
    }
    yield { problems, cell: keyedCell(scenario, plain.name, { resolved: resolved.value, options }) };
  }
}

/** Detects repeated cells: an override may replace the value by which the sweep distinguishes two cells. */
class Repeats {
  readonly #planned = new Map<string, string>();

  /** True if a cell with this name and these values occurred before. */
  has(cell: NamedCell): boolean {
    const values = canonicalJson(cell.values);
    if (this.#planned.get(cell.name) === values) return true;
    this.#planned.set(cell.name, values);
    return false;
  }
}

function keyedCell(
  scenario: ManifestScenario,
  plain: string,
  { resolved, options }: { readonly resolved: ResolvedCell; readonly options: KeyOptions },
): KeyedCell {
  const { cell, inputs, key, source } = resolved;
  const { retain } = scenario;
  const { budget = DEFAULT_BUDGET } = options;
  return {
    plain,
    cell,
    key,
    config_run_id: inputs.run.run_id,
    gid: inputs.run.gid,
    ticks_total: inputs.run.ticks,
    estimated_ms: estimatedMs(inputs),
    over_budget: overBudget(inputs, budget, { name: cell.name, retain, place: scenario.source }),
    source,
  };
}
