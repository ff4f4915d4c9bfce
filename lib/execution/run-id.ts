/**
 * Id of a run or batch: the start time in UTC in milliseconds, so that ids sort by start, and ten random hex
 * digits that distinguish processes.
 *
 * @param now milliseconds since the Unix epoch
 * @param random a value in [0, 1)
 */
export function newRunId(now: number, random: () => number): string {
  const stamp = new Date(now).toISOString().replace(/[^0-9]/g, '');
  const tail = Math.floor(random() * 2 ** 40);
  return `${stamp}-${tail.toString(16).padStart(10, '0')}`;
}
