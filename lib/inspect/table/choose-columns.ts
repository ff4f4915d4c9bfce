import { axisColumn, isFixed, type ColumnRegistry } from '../columns/column-registry.js';
import type { Column } from '../columns/column.js';
import { OBSERVABLE_COLUMNS } from '../columns/observable-columns.js';
import { HEAD_COLUMNS, METRIC_COLUMNS, TAIL_COLUMNS, TICKS_COLUMN } from '../columns/run-columns.js';
import { neededObservables } from '../observables/observed.js';
import { unknownColumn } from '../selection/condition.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { problem, selected, type Selected } from '../selection/selection.js';
import { matchingColumns } from './varying-axes.js';

/** The default columns of a table: the varying ones before the results. */
export function usualColumns(varying: readonly string[]): readonly Column[] {
  const axes = varying.filter((key) => key !== TICKS_COLUMN.name).map(axisColumn);
  const isAxis = varying.includes(TICKS_COLUMN.name);
  return [
    ...HEAD_COLUMNS,
    ...(isAxis ? [TICKS_COLUMN, ...axes] : [...axes, TICKS_COLUMN]),
    ...METRIC_COLUMNS,
    ...OBSERVABLE_COLUMNS,
    ...TAIL_COLUMNS,
  ];
}

/**
 * The columns for names, lists of names and globs, without duplicates. A text that is a whole name is not
 * split at its commas.
 *
 * @param isEmpty true for columns that a glob skips
 */
export function namedColumns(
  written: readonly string[],
  registry: ColumnRegistry,
  isEmpty: (column: Column) => boolean = () => false,
): Selected<readonly Column[]> {
  const found = new Map<string, Column>();
  for (const name of written.flatMap((text) => splitNames(text, registry))) {
    const isGlob = name.includes('*');
    const column = registry.column(name);
    if (isGlob) {
      const names = matchingColumns(name, registry);
      if (names.length === 0) return problem('unknown_column', `there is no column that matches ${name}`);
      const columns = names.map((one) => registry.column(one)!).filter((one) => !isEmpty(one));
      if (columns.length === 0)
        return problem('unknown', `no selected run has a column that matches ${name}`);
      for (const one of columns) found.set(one.name, one);
    } else if (column === undefined) return unknownColumn(name, registry);
    else found.set(column.name, column);
  }
  return selected([...found.values()]);
}

/**
 * Like `namedColumns`, but a glob matches only columns with a value in a selected run: windows, streams, axes
 * and labels of the other runs of a store are many. Runs are read once more if there is such a glob.
 */
export async function shownColumns(
  written: readonly string[],
  runs: SelectedRuns,
): Promise<Selected<readonly Column[]>> {
  const globs = written
    .flatMap((text) => splitNames(text, runs.columns))
    .filter((name) => name.includes('*'));
  const names = new Set(globs.flatMap((glob) => matchingColumns(glob, runs.columns)));
  const empty = new Map<string, Column>();
  for (const name of names) if (!isFixed(name)) empty.set(name, runs.columns.column(name)!);
  let isSelection = false;
  if (empty.size > 0) {
    for await (const rows of runs.batches(neededObservables([...empty.values()]))) {
      isSelection = true;
      for (const row of rows) {
        for (const column of empty.values()) if (column.of(row) !== null) empty.delete(column.name);
      }
      if (empty.size === 0) break;
    }
  }
  return namedColumns(written, runs.columns, ({ name }) => isSelection && empty.has(name));
}

/** Names between commas, unless the whole text is one. */
function splitNames(text: string, registry: ColumnRegistry): readonly string[] {
  if (registry.column(text.trim()) !== undefined) return [text.trim()];
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
