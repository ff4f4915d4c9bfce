import type { BatchDiff } from '../../../inspect/batch-diff/index.js';
import { comparisonHeadline, comparisonRows, engineLines, type ComparisonRow } from '../comparison-rows.js';
import { countText } from '../../../base/quantity.js';
import { cell } from './markdown-cell.js';

/** Maximum rows of the table; GitHub truncates long comments, and the JSON has all of them. */
const SHOWN = 200;

/** A comparison as a section of Markdown. */
export function comparisonMarkdown(diff: BatchDiff): readonly string[] {
  const rows = comparisonRows(diff);
  const hidden = rows.length - SHOWN;
  return [
    `### Compared with batch \`${diff.a.batch}\``,
    '',
    `${cell(comparisonHeadline(diff))}.`,
    ...engineLines(diff).map((line) => `\n${cell(line)}.`),
    ...(rows.length === 0
      ? []
      : ['', '| run | change | difference | cause | time |', '|---|---|---|---|--:|']),
    ...rows.slice(0, SHOWN).map(rowLine),
    ...(hidden > 0 ? ['', `and ${countText(hidden)} more.`] : []),
  ];
}

function rowLine({ name, change, difference, causes, time }: ComparisonRow): string {
  const cells = [cell(name), cell(change), cell(difference), causes.map(cell).join('<br>'), cell(time)];
  return `| ${cells.join(' | ')} |`;
}
