import type { ColumnRegistry } from '../columns/column-registry.js';
import type { Value } from '../columns/value.js';
import type { SelectedRun } from '../selection/selected-run.js';

/** What is known of the selected runs after one look at each. */
export interface Survey {
  readonly rows: number;
  /** Axes on which the runs differ, in the order in which names show them. */
  readonly varying: readonly string[];
}

/** Finds the axes that vary: those with two values at least, or that some runs have and others have not. */
export async function survey(runs: AsyncIterable<SelectedRun>): Promise<Survey> {
  const axes = new Map<string, { readonly first: Value; seen: number; varies: boolean }>();
  let rows = 0;
  for await (const run of runs) {
    rows++;
    for (const [key, value] of run.axes) {
      const axis = axes.get(key);
      if (axis === undefined) axes.set(key, { first: value, seen: 1, varies: false });
      else {
        axis.seen++;
        if (value !== axis.first) axis.varies = true;
      }
    }
  }
  const varying = [...axes].filter(([, { seen, varies }]) => varies || seen < rows).map(([key]) => key);
  return { rows, varying: varying.sort(ticksFirst) };
}

/** As run names order their keys, whatever row came first. */
function ticksFirst(a: string, b: string): number {
  if (a === 'ticks' || b === 'ticks') return a === b ? 0 : a === 'ticks' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Names that a glob over columns matches, in the order of a table. */
export function matchingColumns(pattern: string, columns: ColumnRegistry): readonly string[] {
  const test = columnGlob(pattern);
  return columns.names().filter(test);
}

/** `*` stands for any characters; everything else for itself, since column names have dots and brackets. */
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
