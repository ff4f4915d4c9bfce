import { inLine } from '../../base/printable.js';
import { clipped, tableLines, type Column } from './table.js';

/** A column that may be narrowed in a table that is wider than its terminal. */
export interface FittedColumn extends Column {
  /** Minimum width before other columns are dropped; never narrowed if absent. */
  readonly shrinksTo?: number;
  /** True if it may be dropped, the last one first. */
  readonly isOptional?: boolean;
}

const GAP = 2;
/** Minimum width of a cell if no other column can be narrowed. */
const LEAST = 6;

/**
 * Lines of a table without wrapping: cells are shortened, then columns dropped. With null the width is
 * unlimited.
 */
export function fittedTable(
  columns: readonly FittedColumn[],
  given: readonly (readonly string[])[],
  width: number | null,
): string[] {
  if (width === null) return tableLines(columns, given);
  const rows = given.map((row) => row.map(inLine));
  const natural = columns.map(({ title }, c) =>
    rows.reduce((most, row) => Math.max(most, row[c]!.length), title.length),
  );
  const line = fittedRow(columns, natural, width);
  return [columns.map(({ title }) => title), ...rows].map(line);
}

/** The same for rows that arrive one by one: returns the formatter of rows for the column widths. */
export function fittedRow(
  columns: readonly FittedColumn[],
  natural: readonly number[],
  width: number | null,
): (cells: readonly string[]) => string {
  const shown = width === null ? [...columns.keys()] : shownColumns(columns, natural, width);
  const widths = width === null ? natural : shrunk(shown, { columns, natural, width, isLast: true });
  return (cells) =>
    shown
      .map((c, n) => {
        const cell = width === null ? inLine(cells[c]!) : clipped(inLine(cells[c]!), widths[n]!);
        return columns[c]!.align === 'right' ? cell.padStart(widths[n]!) : cell.padEnd(widths[n]!);
      })
      .join('  ')
      .trimEnd();
}

/** The shown columns, by index. */
function shownColumns(
  columns: readonly FittedColumn[],
  natural: readonly number[],
  width: number,
): readonly number[] {
  let shown = [...columns.keys()];
  for (;;) {
    if (total(shrunk(shown, { columns, natural, width, isLast: false })) <= width) return shown;
    const drop = shown.findLast((c) => columns[c]!.isOptional === true);
    if (drop === undefined) return shown;
    shown = shown.filter((c) => c !== drop);
  }
}

interface Room {
  readonly columns: readonly FittedColumn[];
  readonly natural: readonly number[];
  readonly width: number;
  /** True if no column can be dropped any more. */
  readonly isLast: boolean;
}

/** Widths of the shown columns, the widest narrowed first. */
function shrunk(shown: readonly number[], { columns, natural, width, isLast }: Room): number[] {
  const widths = shown.map((c) => natural[c]!);
  const least = shown.map((c, n) => {
    const { shrinksTo, title } = columns[c]!;
    if (shrinksTo === undefined) return widths[n]!;
    return Math.max(title.length, isLast ? LEAST : shrinksTo);
  });
  for (let excess = total(widths) - width; excess > 0; excess--) {
    const widest = widths.reduce(
      (best, of, n) => (of > least[n]! && (best === -1 || of > widths[best]!) ? n : best),
      -1,
    );
    if (widest === -1) break;
    widths[widest]!--;
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
}
