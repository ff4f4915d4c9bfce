import { inColoredLine } from '../../base/printable.js';
import type { Colors } from 'picocolors/types.js';
import { fittedTable, type FittedColumn } from '../../batch/report/fitted-table.js';

/** Output format of lines: colours, and width; null if nothing is cut. */
export interface Page {
  readonly colors: Colors;
  readonly width: number | null;
}

/** Minimum width of a text cell on a narrow terminal; numbers are never cut. */
const LEAST_TEXT = 12;

/** Labels and values, one per line, values aligned. */
export function factLines(facts: readonly (readonly [label: string, value: string])[]): string[] {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  return facts.map(([label, value]) => `${label.padEnd(width)}  ${inColoredLine(value)}`.trimEnd());
}

/**
 * A table under a heading, in the width of the page; columns are right-aligned if their titles start with
 * `>`.
 */
export function sectionLines(
  heading: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  { colors, width }: Page,
): string[] {
  const columns = titles.map((title): FittedColumn =>
    title.startsWith('>')
      ? { title: title.slice(1), align: 'right' }
      : { title, align: 'left', shrinksTo: LEAST_TEXT },
  );
  const [head, ...lines] = fittedTable(columns, rows, width);
  return ['', colors.bold(heading), colors.dim(head!), ...lines];
}

/** The first digits of a digest, enough to distinguish two on a screen. */
export function shortDigest(digest: string | null): string {
  return digest === null ? 'none' : digest.slice(0, 12);
}
