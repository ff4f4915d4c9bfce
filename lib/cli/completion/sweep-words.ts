import { expandCells } from '../../batch/expand/expand.js';
import { cellBound } from '../../config/index.js';
import { buildSweep, type WrittenSweep } from '../../config/manifest/sweep.js';

/** Maximum length of a list. */
const MOST = 1000;

/**
 * Names of the runs of a scenario, from its unvalidated manifest; none if the sweep is invalid or too large.
 */
export function runNames(id: string, entry: object): readonly string[] {
  try {
    const sweep = buildSweep(entry as WrittenSweep);
    return cellBound(sweep) > MOST ? [] : [...expandCells(id, sweep)].map(({ name }) => name);
  } catch {
    return [];
  }
}
