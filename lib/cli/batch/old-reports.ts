import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../base/errors.js';
import { notWritten } from '../not-written.js';
import { readReport } from './read-report.js';
import { DOCUMENT_FILES, EVENTS_FILE, REPORT_FILE } from './report-outputs.js';

/** What decides whether a call takes the place of an earlier one, and what it still wants of it. */
interface OldReportArguments {
  readonly output?: string;
  readonly durations?: string;
  readonly list?: boolean;
  readonly 'dry-run'?: boolean;
}

/**
 * Plans a batch whose --output keeps nothing of an earlier call: however this one ends, nobody shall take old reports
 * for its own. Only a call that runs nothing by its nature leaves them.
 *
 * @throws AetherError REPORT_NOT_WRITTEN
 */
export async function withoutOldReports<T>(args: OldReportArguments, plan: () => Promise<T>): Promise<T> {
  if (args.list === true || args['dry-run'] === true) return plan();
  // Planning reads --durations, which may be such a report; one that is not readable is a mistake that must cost nothing.
  if (args.durations === undefined) clearOutput(args);
  else readReport(args.durations);
  try {
    return await plan();
  } finally {
    clearOutput(args);
  }
}

function clearOutput({ output }: OldReportArguments): void {
  if (output === undefined) return;
  for (const file of [REPORT_FILE, EVENTS_FILE, ...Object.values(DOCUMENT_FILES)]) {
    const path = join(output, file);
    try {
      rmSync(path, { force: true });
    } catch (error) {
      // No directory stands there, so no reports either; whoever makes it says so.
      if (errorCode(error) === 'ENOTDIR') return;
      throw notWritten(path, error);
    }
  }
}
