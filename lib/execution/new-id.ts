import { parseRunId, type RunId } from '../base/run-id.js';

/**
 * A new id of a run, batch or remark: the start time in UTC in milliseconds, so that ids sort by start, and
 * ten random hex digits that distinguish processes.
 *
 * @param now milliseconds since the Unix epoch
 * @param random a value in [0, 1)
 */
export function newId(now: number, random: () => number): string {
  const stamp = new Date(now).toISOString().replace(/[^0-9]/g, '');
  const tail = Math.floor(random() * 2 ** 40);
  return `${stamp}-${tail.toString(16).padStart(10, '0')}`;
}

/** As `newId`, for a run. */
export function newRunId(now: number, random: () => number): RunId {
  return parseRunId(newId(now, random))!;
}
