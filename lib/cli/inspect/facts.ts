import { inColoredLine } from '../../base/printable.js';
import type { Colors } from 'picocolors/types.js';
import { tableLines, type Column } from '../../batch/report/table.js';

/** Labels and values, one a line, values aligned. */
export function factLines(facts: readonly (readonly [label: string, value: string])[]): string[] {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  return facts.map(([label, value]) => `${label.padEnd(width)}  ${inColoredLine(value)}`.trimEnd());
}

/** A table under a heading; columns are right-aligned where their titles start with `>`. */
export function sectionLines(
  heading: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  colors: Colors,
): string[] {
  const columns = titles.map((title): Column => {
    const isRight = title.startsWith('>');
    return { title: isRight ? title.slice(1) : title, align: isRight ? 'right' : 'left' };
  });
  const [head, ...lines] = tableLines(columns, rows);
  return ['', colors.bold(heading), colors.dim(head!), ...lines];
}

/** The first digits of a digest: enough to tell two apart on a screen. */
export function shortDigest(digest: string | null): string {
  return digest === null ? 'none' : digest.slice(0, 12);
}
