import type { Problem } from '../../base/problem.js';
import type { ManifestScenario } from '../manifest/manifest-scenario.js';
import { cellBound } from './combinations.js';

/** Maximum of cells of one scenario, and of all that are planned together: a plan is held in memory. */
export const MAX_CELLS = 1_000_000;

/** Refuses a sweep without expanding it. */
export function tooManyCells(scenario: ManifestScenario): Problem {
  return {
    code: 'too-many-cells',
    message: `scenario ${scenario.id} expands to more cells than a batch can plan`,
    ...scenario.source,
    found: `up to ${String(cellBound(scenario))} cells`,
    expected: `at most ${String(MAX_CELLS)}`,
  };
}

/** Maximum of cells whose documents are validated in one call. */
export const MOST_RESOLVED = 4 * MAX_CELLS;

/** Refuses to validate the cells of a sweep, because those of earlier scenarios use up the limit. */
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

/** Refuses scenarios together without expanding any: each alone is within the limit. */
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
