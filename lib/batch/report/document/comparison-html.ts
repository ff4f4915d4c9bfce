import { escaped } from '../../../base/xml-text.js';
import type { BatchDiff } from '../../../inspect/batch-diff/index.js';
import { comparisonHeadline, comparisonRows, engineLines, type ComparisonRow } from '../comparison-rows.js';
import { countText } from '../../../base/quantity.js';

/** Maximum rows of the table; report.json has all of them. */
const SHOWN = 2000;

/** A comparison as the content of a section. */
export function comparisonHtml(diff: BatchDiff): string {
  const rows = comparisonRows(diff);
  const hidden = rows.length - SHOWN;
  const head = ['run', 'change', 'difference', 'cause', 'time'].map((title) => `<th>${title}</th>`).join('');
  const body = rows.slice(0, SHOWN).map(row).join('');
  const table = `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
  return [
    `<p>Compared with batch <code>${escaped(diff.a.batch)}</code>: ${escaped(comparisonHeadline(diff))}</p>`,
    ...engineLines(diff).map((line) => `<p>${escaped(line)}</p>`),
    ...(rows.length === 0 ? [] : [table]),
    ...(hidden > 0 ? [`<p>and ${countText(hidden)} more in report.json</p>`] : []),
  ].join('');
}

const KIND: Readonly<Record<string, string>> = { changed: 'bad', gone: 'left', slower: 'left' };

function row({ name, change, difference, causes, time }: ComparisonRow): string {
  const cells = [
    escaped(name),
    `<span class="${KIND[change] ?? 'cached'}">${escaped(change)}</span>`,
    escaped(difference),
    causes.map(escaped).join('<br>'),
    escaped(time),
  ];
  return `<tr>${cells.map((text) => `<td>${text}</td>`).join('')}</tr>`;
}
