import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../base/errors.js';
import { notWritten } from '../not-written.js';
import { DOCUMENT_FILES, EVENTS_FILE, REPORT_FILE } from './report-outputs.js';

/** What decides whether a call takes the place of an earlier one. */
interface OldReportArguments {
  readonly output?: string;
  readonly list?: boolean;
  readonly 'dry-run'?: boolean;
}

/**
 * Takes the reports of an earlier call out of --output: however this one ends, nobody shall take them for its own. Only a
 * call that runs nothing by its nature leaves them. What is still wanted of them, as --durations, is read before.
 *
 * @throws AetherError REPORT_NOT_WRITTEN
 */
export function clearOldReports(args: OldReportArguments): void {
  if (args.output === undefined || args.list === true || args['dry-run'] === true) return;
  for (const file of [REPORT_FILE, EVENTS_FILE, ...Object.values(DOCUMENT_FILES)]) {
    const path = join(args.output, file);
    try {
      rmSync(path, { force: true });
    } catch (error) {
      // No directory stands there, so no reports either; whoever makes it says so.
      if (errorCode(error) === 'ENOTDIR') return;
      throw notWritten(path, error);
    }
  }
}
