import { compareValues, type Value } from '../columns/value.js';
import { nearNames } from '../find/near-names.js';
import { selected, unknownName, type Selected } from '../selection/selection.js';
import type { TableColumn } from './table.js';

/** A sort key. */
export interface SortKey {
  /** Index of the column. */
  readonly column: number;
  readonly falls: boolean;
  readonly type: TableColumn['type'];
}

/** The keys for texts such as `-press_bits` among the columns. */
export function sortKeys(
  written: readonly string[],
  columns: readonly TableColumn[],
): Selected<readonly SortKey[]> {
  const keys: SortKey[] = [];
  const names = columns.map(({ name }) => name);
  for (const text of written.flatMap((one) => (names.includes(one) ? [one] : one.split(',')))) {
    const name = text.trim();
    if (name === '') continue;
    const falls = name.startsWith('-') && !names.includes(name);
    const column = names.indexOf(falls ? name.slice(1) : name);
    if (column === -1) {
      const meant = falls ? name.slice(1) : name;
      return unknownName(`there is no column ${meant} to sort by`, nearNames(meant, names), 'unknown_column');
    }
    keys.push({ column, falls, type: columns[column]!.type });
  }
  return selected(keys);
}

/** Orders rows by the keys; a row without a value comes last, in either direction. */
export function compareRows(keys: readonly SortKey[]): (a: readonly Value[], b: readonly Value[]) => number {
  return (a, b) => {
    for (const { column, falls, type } of keys) {
      const [left, right] = [a[column]!, b[column]!];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? 1 : -1;
      const order = type === 'decimal' ? compareDecimals(left, right) : compareValues(left, right);
      if (order !== 0) return falls ? -order : order;
    }
    return 0;
  };
}

/** Decimals have the same number of places. */
function compareDecimals(a: Value, b: Value): number {
  const [left, right] = [BigInt(String(a).replace('.', '')), BigInt(String(b).replace('.', ''))];
  return left < right ? -1 : left > right ? 1 : 0;
}
