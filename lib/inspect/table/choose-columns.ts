import { axisColumn, type ColumnRegistry } from '../columns/column-registry.js';
import type { Column } from '../columns/column.js';
import { OBSERVABLE_COLUMNS } from '../columns/observable-columns.js';
import { HEAD_COLUMNS, METRIC_COLUMNS, TAIL_COLUMNS, TICKS_COLUMN } from '../columns/run-columns.js';
import { unknownColumn } from '../selection/condition.js';
import { problem, selected, type Selected } from '../selection/selection.js';
import { matchingColumns } from './varying-axes.js';

/** The columns of a table that names none: what varies comes before what came out. */
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
 * The columns that names, lists of names and globs mean, each once. A text that is a name as a whole is not split at its
 * commas.
 */
export function namedColumns(
  written: readonly string[],
  registry: ColumnRegistry,
): Selected<readonly Column[]> {
  const found = new Map<string, Column>();
  for (const name of written.flatMap((text) => splitNames(text, registry))) {
    const isGlob = name.includes('*');
    const column = registry.column(name);
    if (isGlob) {
      const names = matchingColumns(name, registry);
      if (names.length === 0) return problem('unknown', `there is no column that matches ${name}`);
      for (const one of names) found.set(one, registry.column(one)!);
    } else if (column === undefined) return unknownColumn(name, registry);
    else found.set(column.name, column);
  }
  return selected([...found.values()]);
}

/** Names between commas, unless the whole text is one. */
function splitNames(text: string, registry: ColumnRegistry): readonly string[] {
  if (registry.column(text.trim()) !== undefined) return [text.trim()];
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
