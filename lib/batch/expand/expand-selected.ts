import type { Problem } from '../../base/problem.js';
import type { ManifestScenario, Override } from '../../config/index.js';
import type { NamedCell } from './cell-name.js';
import { expandCells } from './expand.js';
import { fixedValues } from './fixed-values.js';
import { selectsRun, type Selection } from './select.js';
import { sharedName } from './shared-names.js';
import { fullyNamed } from './shown-overrides.js';

/**
 * One cell of a sweep in a stage: its problems so far, and the cell as far as it is known; no cell if its
 * documents are invalid, or if it is not to be planned.
 */
export interface CellStep<Cell> {
  readonly problems: readonly Problem[];
  readonly cell?: Cell;
}

export interface ExpandOptions {
  readonly selection: Selection;
  /** Applied to every run. */
  readonly overrides: readonly Override[];
}

const LEFT_OUT: CellStep<NamedCell> = { problems: [] };

/** The cells of a scenario, in the order of its sweep; a step without a cell for each that is not selected. */
export function* expandSelected(
  scenario: ManifestScenario,
  { selection, overrides }: ExpandOptions,
): Generator<CellStep<NamedCell>> {
  const fixed = fixedValues(scenario, overrides);
  for (const cell of expandCells(scenario.id, scenario, fixed.values)) {
    const isSelected =
      selectsRun(selection, cell.name) ||
      selectsRun(selection, fullyNamed(scenario.id, cell, overrides).name);
    yield isSelected ? { problems: [...fixed.problems, ...sharedName(scenario, cell)], cell } : LEFT_OUT;
  }
}
