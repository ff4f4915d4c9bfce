import { join } from 'node:path';
import { BATCH_REPORT_VERSION, type BatchReport } from '../../batch/report/batch-report.js';
import { isDirectoryThere } from '../../platform/watch-directories.js';
import { nodeDocumentFiles } from '../../platform/document-files.js';
import { UsageError } from '../command-error.js';
import { REPORT_FILE } from './report-outputs.js';

/** The file of a report, given the file or its directory. */
export function reportFile(path: string): string {
  return isDirectoryThere(path) ? join(path, REPORT_FILE) : path;
}

/**
 * Reads a report of `--output` or `--json`; in a directory, its report.json.
 *
 * @throws UsageError
 */
export function readReport(path: string): BatchReport {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(nodeDocumentFiles.read(reportFile(path))));
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isReport(value)) return value;
  throw new UsageError(`${path} is not a report of this version of aether-batch`);
}

function isReport(value: unknown): value is BatchReport {
  if (typeof value !== 'object' || value === null) return false;
  const { v, kind, plan, runs } = value as Partial<BatchReport>;
  const isPlan = typeof plan?.digest === 'string' && Number.isSafeInteger(plan.total);
  const isRuns =
    Array.isArray(runs) &&
    runs.every((run: unknown) => {
      const { position, name, input_key } = run as Partial<BatchReport['runs'][number]>;
      return Number.isSafeInteger(position) && typeof name === 'string' && typeof input_key === 'string';
    });
  return v === BATCH_REPORT_VERSION && kind === 'BatchResult' && isPlan && isRuns;
}
