import { expandCells } from '../../batch/expand/expand.js';
import { cellBound } from '../../config/index.js';
import { buildSweep, type RawSweep } from '../../config/manifest/sweep.js';

/** Longer lists help nobody. */
const MOST = 1000;

/**
 * Names of the runs of a scenario, from its manifest as it stands and unchecked; none of a sweep that is not valid, or
 * that has too many.
 */
export function runNames(id: string, entry: object): readonly string[] {
  try {
    const sweep = buildSweep(entry as RawSweep);
    return cellBound(sweep) > MOST ? [] : [...expandCells(id, sweep)].map(({ name }) => name);
  } catch {
    return [];
  }
}
