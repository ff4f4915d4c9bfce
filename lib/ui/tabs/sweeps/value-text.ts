import type { WireTableColumn, WireTablePage, WireValue } from '../../../service/wire/index.js';

/** A recorded cell: digits are not grouped, so that they can be searched and copied. */
export function cellText(value: WireValue): string {
  return value === null ? '–' : String(value);
}

/** True for a column that is aligned as numbers; without a declared type, the first rows decide. */
export function isNumeric({ name, type }: WireTableColumn, { columns, rows }: WireTablePage): boolean {
  if (type !== 'any') return type === 'integer' || type === 'decimal';
  const at = columns.findIndex((column) => column.name === name);
  return rows.every((row) => row[at] === null || typeof row[at] === 'number');
}

/** The value as a number for drawing; null for any other. */
export function numberOf(value: WireValue | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}
