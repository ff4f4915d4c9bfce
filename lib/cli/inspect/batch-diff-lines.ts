import type { Colors } from 'picocolors/types.js';
import { comparisonHeadline, comparisonRows, engineLines } from '../../batch/report/comparison-rows.js';
import type { BatchDiff } from '../../inspect/batch-diff/index.js';
import { factLines } from './facts.js';
import { instantText } from './started-text.js';

/** A comparison of two batches for people. */
export function batchDiffLines(diff: BatchDiff, colors: Colors): string[] {
  const about = ({ batch, started_at }: BatchDiff['a']): string =>
    started_at === null ? batch : `${batch}  ${colors.dim(instantText(started_at))}`;
  const lines = [
    ...factLines([
      ['a', about(diff.a)],
      ['b', about(diff.b)],
    ]),
    '',
    comparisonHeadline(diff),
  ];
  lines.push(...engineLines(diff).map((line) => colors.yellow(line)));
  let heading = '';
  for (const { name, change, difference, causes, time } of comparisonRows(diff)) {
    if (change !== heading) lines.push('', colors.bold(change));
    heading = change;
    lines.push(`  ${[name, time].filter((text) => text !== '').join('  ')}`);
    if (difference !== '') lines.push(`    ${difference}`);
    lines.push(...causes.map((cause) => `    ${colors.yellow(cause)}`));
  }
  return lines;
}
