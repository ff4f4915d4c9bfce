import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchReport } from '../../batch/report/batch-report.js';
import { isOwnReport, type ReportKind } from '../../batch/report/document/own-report.js';
import { UsageError } from '../command-error.js';
import { notWritten } from '../not-written.js';
import { refuseInputs, refuseNoDirectory, type Input } from '../output/claim.js';
import { outputState } from '../output/own-file.js';
import { readReport } from './read-report.js';
import { DOCUMENT_FILES, EVENTS_FILE, REPORT_FILE, type OutputArguments } from './report-outputs.js';

/** The file of each reporter in a directory. */
const FILES: Readonly<Record<ReportKind, string>> = {
  report: REPORT_FILE,
  events: EVENTS_FILE,
  ...DOCUMENT_FILES,
};

/** State of the path of a report of a kind. */
export function reportState(output: string, kind: ReportKind): 'absent' | 'own' | 'foreign' {
  return outputState(join(output, FILES[kind]), (content) =>
    isOwnReport(kind, content, () => reportIn(output)),
  );
}

/**
 * Refuses reports that would replace foreign files, an input or files of the store, before anything is read
 * or run. Files of reporters that are not requested are not checked.
 *
 * @throws UsageError
 */
export function claimReports(
  { output, reporter = [] }: OutputArguments,
  around: { readonly store?: string; readonly inputs: readonly Input[] },
): void {
  if (output === undefined) return;
  refuseNoDirectory('--output', output);
  const asked = kinds().filter((kind) => kind === 'report' || reporter.some((name) => kindOf(name) === kind));
  refuseInputs('--output', [output, ...asked.map((kind) => join(output, FILES[kind]))], around);
  const foreign = asked.filter((kind) => reportState(output, kind) === 'foreign');
  if (foreign.length === 0) return;
  const names = foreign.map((kind) => join(output, FILES[kind]));
  throw new UsageError(
    `${names.join(', ')}: not written by aether-batch, so --output does not replace it`,
    'move it away, or name another directory',
  );
}

/**
 * Removes the reports of an earlier call, so that they are not mistaken for those of this one. Files of other
 * programs stay.
 *
 * @throws AetherError REPORT_NOT_WRITTEN
 */
export function clearOldReports(output: string | undefined): void {
  if (output === undefined) return;
  // The report last: it identifies TAP files of earlier versions.
  for (const kind of kinds().reverse()) {
    if (reportState(output, kind) !== 'own') continue;
    const path = join(output, FILES[kind]);
    try {
      unlinkSync(path);
    } catch (error) {
      throw notWritten(path, error);
    }
  }
}

function kinds(): ReportKind[] {
  return Object.keys(FILES) as ReportKind[];
}

function kindOf(reporter: string): string {
  return reporter === 'json' ? 'events' : reporter;
}

function reportIn(output: string): BatchReport | undefined {
  try {
    return readReport(output);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
