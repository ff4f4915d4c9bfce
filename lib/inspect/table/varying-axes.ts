import { byNameKey } from '../../base/run-name.js';
import type { ColumnRegistry } from '../columns/column-registry.js';
import { AxisCounts } from '../selection/axis-counts.js';
import type { SelectedRuns } from '../selection/select-runs.js';

/**
 * Finds the axes on which the selected runs differ: those with at least two values, or that only some runs
 * have; in the order of run names. Reads only as far as necessary.
 */
export async function varyingAxes(runs: SelectedRuns): Promise<readonly string[]> {
  const most = runs.differing_axes();
  if (most === 0) return [];
  const counts = new AxisCounts();
  for await (const rows of runs.batches(null)) {
    for (const { axes } of rows) counts.add(axes);
    if (counts.varying().length === most) break;
  }
  return [...counts.varying()].sort(byNameKey);
}

/** Names that match a glob over columns, in table order. */
export function matchingColumns(pattern: string, columns: ColumnRegistry): readonly string[] {
  const test = columnGlob(pattern);
  return columns.names().filter(test);
}

/** `*` matches any characters; everything else is literal, because column names contain dots and brackets. */
function columnGlob(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*');
  const [head, tail] = [parts[0]!, parts.at(-1)!];
  return (name) => {
    if (!name.startsWith(head) || name.length < head.length + tail.length || !name.endsWith(tail))
      return false;
    let at = head.length;
    for (const part of parts.slice(1, -1)) {
      const found = name.indexOf(part, at);
      if (found === -1 || found + part.length > name.length - tail.length) return false;
      at = found + part.length;
    }
    return true;
  };
}
