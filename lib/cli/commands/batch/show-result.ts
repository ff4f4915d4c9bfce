import type { Colors } from 'picocolors/types.js';
import type { ExecutedBatch } from '../../../batch/pipeline.js';
import type { BatchReport } from '../../../batch/report/batch-report.js';
import { goldenLines } from '../../../batch/report/golden-lines.js';
import { isDocumentOut } from '../../batch/report-outputs.js';
import type { CommandContext } from '../../command-context.js';
import { goldenReportLines } from '../../golden/golden-report.js';
import { batchDiffLines } from '../../inspect/batch-diff-lines.js';
import { isCI } from '../../is-ci.js';
import type { Terminal } from '../../terminal.js';
import type { BatchArguments } from './options.js';

/** Prints on stdout, or beside a document there on stderr. */
function show(lines: (colors: Colors) => readonly string[], args: BatchArguments, terminal: Terminal): void {
  const isDocument = isDocumentOut(args);
  const shown = lines(isDocument ? terminal.errColors : terminal.outColors);
  if (shown.length > 0) (isDocument ? terminal.err : terminal.out)(`${shown.join('\n')}\n`);
}

/** Prints the result of judging the goldens. */
export function showGoldens(
  { goldens: { report, counts } }: ExecutedBatch,
  args: BatchArguments,
  { terminal, env }: CommandContext,
): void {
  show(
    (colors) =>
      report === null ? goldenLines(null, counts, colors) : goldenReportLines(report, isCI(env), colors),
    args,
    terminal,
  );
}

/** Prints the comparison of a report, if it has one. */
export function showComparison(
  { comparison }: BatchReport,
  args: BatchArguments,
  { terminal }: CommandContext,
): void {
  if (comparison === undefined) return;
  show((colors) => ['', ...batchDiffLines(comparison, colors)], args, terminal);
}
