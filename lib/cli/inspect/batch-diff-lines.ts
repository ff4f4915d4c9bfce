import type { Colors } from 'picocolors/types.js';
import {
  comparisonHeadline,
  comparisonRows,
  engineLines,
  type ComparisonRow,
} from '../../batch/report/comparison-rows.js';
import { plural } from '../../base/quantity.js';
import type { BatchDiff } from '../../inspect/batch-diff/index.js';
import { factLines } from './facts.js';
import { instantText } from './started-text.js';

/** A comparison of two batches as text. */
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
  for (const group of alikeRows(comparisonRows(diff))) {
    const [{ change, difference, causes }] = group;
    if (change !== heading) lines.push('', colors.bold(change));
    heading = change;
    const runs = group.map(({ name, time }) => [name, time].filter((text) => text !== '').join('  '));
    const why = [...(difference === '' ? [] : [difference]), ...causes.map((cause) => colors.yellow(cause))];
    const isOne = runs.length === 1 || why.length === 0;
    lines.push(...(isOne ? runs : [plural(runs.length, 'run')]).map((line) => `  ${line}`));
    lines.push(...why.map((line) => `    ${line}`));
    if (!isOne) lines.push(...runs.map((line) => `      ${line}`));
  }
  return lines;
}

type Group = [ComparisonRow, ...ComparisonRow[]];

/** Groups runs that changed in the same way for the same reasons; in the order of the first of each. */
function alikeRows(rows: readonly ComparisonRow[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = JSON.stringify([row.change, row.difference, row.causes]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}
