import { goldenLines } from '../../../batch/report/golden-lines.js';
import { mergeReports } from '../../../batch/report/merge-reports.js';
import { verdictLines } from '../../../batch/report/verdict-lines.js';
import { verdictOf } from '../../../batch/verdict/report-verdict.js';
import { SummaryReport } from '../../../batch/report/summary-report.js';
import type { CommandContext } from '../../command-context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { batchExitCode } from '../../batch/batch-exit-code.js';
import { claimReports, clearOldReports } from '../../batch/claim-reports.js';
import { readReport, reportFile } from '../../batch/read-report.js';
import { checkOutputs, isDocumentOut, makeOutput } from '../../batch/report-outputs.js';
import { writeReports } from '../../batch/write-reports.js';
import type { MergeArguments } from './options.js';

/** Merges reports, writes the requested documents, and exits as the whole batch would. */
export async function mergeReportFiles(args: MergeArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  checkOutputs(args);
  const reports = args.files.map((file) => ({ file, report: readReport(file) }));
  claimReports(args, {
    inputs: args.files.map((path) => ({ named: 'merge-reports', path: reportFile(path) })),
  });
  const merged = mergeReports(reports);
  if (!merged.ok) {
    for (const { code, message } of merged.problems) terminal.err(`${code}: ${message}\n`);
    return EXIT.usage;
  }
  const { report } = merged;
  const isDocument = isDocumentOut(args);
  const summary = new SummaryReport();
  for (const run of report.runs) summary.add(run);
  const stores = `${String(args.files.length)} reports`;
  const colors = isDocument ? terminal.errColors : terminal.outColors;
  const width = isDocument ? terminal.errWidth() : terminal.outWidth();
  const verdict = verdictOf(report);
  const lines = [
    summary.render(report, stores, { colors, width }),
    ...verdictLines(verdict, colors),
    ...goldenLines(report.goldens, verdict.goldens, colors),
  ];
  (isDocument ? terminal.err : terminal.out)(`${lines.join('\n')}\n`);
  clearOldReports(args.output);
  makeOutput(args);
  await writeReports(report, args, context);
  return batchExitCode(verdict);
}
