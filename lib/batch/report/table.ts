import { inLine } from '../../base/printable.js';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Lines of a table with a head, columns two spaces apart; the last left-aligned column is not padded. */
export function tableLines(columns: readonly Column[], given: readonly (readonly string[])[]): string[] {
  const rows = given.map((row) => row.map(inLine));
  const widths = columns.map((column, c) =>
    rows.reduce((width, row) => Math.max(width, row[c]!.length), column.title.length),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => (columns[c]!.align === 'right' ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)];
}

/** Shortens text to a width, keeping its start and its end, because names differ at the end. */
export function clipped(text: string, width: number): string {
  if (text.length <= width) return text;
  if (width <= 1) return text.slice(0, Math.max(width, 0));
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
