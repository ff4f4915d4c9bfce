import { canonicalJson } from '../../base/canonical-json.js';
import type { Problem } from '../../base/problem.js';
import type { ConfigRunId } from '../../base/run-id.js';
import type { ManifestScenario, Override } from '../../config/index.js';
import { inputKey, type InputKey } from '../../session/input-key.js';
import type { NamedCell } from '../expand/cell-name.js';
import type { CellStep } from '../expand/expand-selected.js';
import { DEFAULT_BUDGET, overBudget, type RunBudget } from '../plan/budget.js';
import { estimatedMs } from '../plan/forecast.js';
import type { CellSource, ResolvedCell } from '../resolve/resolve-cells.js';

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

export interface KeyOptions {
  /** Applied to every run. */
  readonly overrides: readonly Override[];
  /** Maximum cost of a run to execute; default DEFAULT_BUDGET. */
  readonly budget?: RunBudget;
}

/** Keys the cells of a scenario; under overrides, a repeated cell is left out. */
export function* keyCells(
  cells: Iterable<CellStep<ResolvedCell>>,
  scenario: ManifestScenario,
  { overrides, budget = DEFAULT_BUDGET }: KeyOptions,
): Generator<CellStep<KeyedCell>> {
  const repeats = new Repeats();
  for (const { problems, cell } of cells) {
    if (cell === undefined || (overrides.length > 0 && repeats.has(cell.cell))) yield { problems };
    else yield { problems, cell: keyedCell(scenario, cell, budget) };
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
  { retain, source: place }: ManifestScenario,
  { plain, cell, inputs, source }: ResolvedCell,
  budget: RunBudget,
): KeyedCell {
  return {
    plain,
    cell,
    key: inputKey(inputs),
    config_run_id: inputs.run.run_id,
    gid: inputs.run.gid,
    ticks_total: inputs.run.ticks,
    estimated_ms: estimatedMs(inputs),
    over_budget: overBudget(inputs, budget, { name: cell.name, retain, place }),
    source,
  };
}
