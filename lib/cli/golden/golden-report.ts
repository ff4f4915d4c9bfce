import type { Colors } from 'picocolors/types.js';
import { goldensText, hasGoldens } from '../../batch/report/verdict-lines.js';
import { goldenCounts } from '../../batch/verdict/golden-counts.js';
import {
  describeVerdict,
  isOfBadRun,
  recordDiff,
  type GoldenReport,
  type GoldenResult,
} from '../../golden/index.js';
import { coloured } from '../inspect/difference-lines.js';

/** Number of differences shown with their record; others only by name and place. */
const SHOWN_IN_FULL = 5;

/** The result of judging goldens, as text; empty if there was nothing to judge. */
export function goldenReportLines(report: GoldenReport, readOnly: boolean, colors: Colors): string[] {
  const { results, not_judged, obsolete, removed, notes, ok } = report;
  const counts = goldenCounts(report);
  if (!hasGoldens(counts)) return [...notes];
  const bad = results.filter((result) => !result.ok);
  const lines = bad.flatMap((result, n) => failureLines(result, n < SHOWN_IN_FULL, colors));
  // A run that failed or is left is reported itself.
  for (const { name, reason } of not_judged.filter((one) => !isOfBadRun(one))) {
    lines.push(`${colors.red('not judged')}  ${name}: ${reason}`);
  }
  for (const { name, why } of obsolete) lines.push(`${colors.red('obsolete')}  ${name}: ${why}`);
  for (const { name, action } of results) if (action === 'accepted') lines.push(`accepted  ${name}`);
  for (const name of removed) lines.push(`removed   ${name}`);
  for (const { name, verdict } of results) {
    if (verdict.verdict === 'agrees' && verdict.moved) {
      lines.push(colors.dim(`${name}: the inputs or the engine changed, the result did not`));
    }
  }
  for (const note of notes) lines.push(`${colors.yellow('note')}      ${note}`);
  const total = `goldens: ${goldensText(counts)}`;
  return [...lines, ok ? total : colors.red(total), ...hints(report, readOnly)];
}

/** How to remove an obsolete golden, which has no result to judge. */
export const REMOVE_OBSOLETE =
  'remove obsolete goldens: delete their directories, or use -u all, which also accepts every difference';

function hints({ results, obsolete }: GoldenReport, readOnly: boolean): string[] {
  const toJudge = results.some(({ action, ok }) => (readOnly ? !ok : action === 'pending'));
  const judge = readOnly
    ? 'judge them on a machine where CI is not set: aether golden review'
    : 'judge them: aether golden review';
  return [...(toJudge ? [judge] : []), ...(obsolete.length > 0 ? [REMOVE_OBSOLETE] : [])];
}

function failureLines(result: GoldenResult, isFull: boolean, colors: Colors): string[] {
  const { name, verdict, action } = result;
  const words = verdict.verdict.padEnd(8);
  const state =
    action === 'rejected' ? ' (this result was rejected)' : action === 'pending' ? ' (pending)' : '';
  const head = `${colors.red(words)}  ${colors.bold(name)}${colors.dim(state)}`;
  const facts = describeVerdict(verdict).map((line) => `          ${line}`);
  if (verdict.verdict !== 'changed' || !isFull) return [head, ...facts];
  const diff = coloured(recordDiff(verdict.difference), colors).map((line) =>
    line === '' ? '' : `          ${line}`,
  );
  return [head, ...facts, ...diff, ''];
}
