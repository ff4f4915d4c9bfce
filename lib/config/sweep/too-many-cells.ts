import type { Problem } from '../../base/problem.js';
import type { ManifestScenario } from '../manifest/manifest-scenario.js';
import { cellBound } from './combinations.js';

/** More cells than this are refused: the plan of a sweep is held in memory. */
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
