import type { Problem } from '../../base/problem.js';
import type { ManifestScenario } from '../manifest/manifest-scenario.js';
import { cellBound } from './combinations.js';

/** More cells than this are refused, of one scenario and of all that are planned together: a plan is held in memory. */
export const MAX_CELLS = 1_000_000;

/** A sweep that is refused without expanding it. */
export function tooManyCells(scenario: ManifestScenario): Problem {
  return {
    code: 'too-many-cells',
    message: `scenario ${scenario.id} expands to more cells than a batch can plan`,
    ...scenario.source,
    found: `up to ${String(cellBound(scenario))} cells`,
    expected: `at most ${String(MAX_CELLS)}`,
  };
}

/** Cells whose documents are validated in one call. */
export const MOST_RESOLVED = 4 * MAX_CELLS;

/** A sweep whose cells are not validated, because those of the scenarios before it are so many already. */
export function tooManyToResolve(scenario: ManifestScenario, cells: number): Problem {
  return {
    code: 'too-many-cells',
    message: `with scenario ${scenario.id} the scenarios of this call expand to more cells than can be validated together`,
    ...scenario.source,
    found: `up to ${String(cells)} cells`,
    expected: `at most ${String(MOST_RESOLVED)}`,
    hint: 'keep them in several manifests',
  };
}

/** Scenarios that are refused together without expanding any: none alone has too many cells. */
export function tooManyTogether(scenarios: readonly ManifestScenario[]): readonly Problem[] {
  let cells = 0;
  for (const scenario of scenarios) {
    const own = cellBound(scenario);
    if (own > MAX_CELLS) continue;
    cells += own;
    if (cells <= MAX_CELLS) continue;
    return [
      {
        code: 'too-many-cells',
        message: `with scenario ${scenario.id} the selected scenarios expand to more cells than a batch can plan`,
        ...scenario.source,
        found: `up to ${String(cells)} cells`,
        expected: `at most ${String(MAX_CELLS)}`,
        hint: 'plan them in several batches, for example with --tag',
      },
    ];
  }
  return [];
}
