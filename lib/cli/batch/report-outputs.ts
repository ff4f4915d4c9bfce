import type { DocumentReporterName, ReporterName } from '../../config/reporter-names.js';
import { makeDirectories } from '../../platform/index.js';
import { UsageError } from '../command-error.js';

/** Arguments that decide the destination of reports. */
export interface OutputArguments {
  readonly reporter?: readonly ReporterName[];
  readonly output?: string;
  readonly json?: boolean;
}

/** Reporters that need the whole standard output, unless there is an output directory. */
const WHOLE_STDOUT: readonly ReporterName[] = ['json', 'junit', 'tap', 'markdown', 'html'];

/** True if stdout is for programs, so that text for users goes to stderr. */
export function isDocumentOut(args: OutputArguments): boolean {
  return claims(args).length > 0;
}

/** Name of the report for merge-reports. */
export const REPORT_FILE = 'report.json';
/** Name of the event file. */
export const EVENTS_FILE = 'events.jsonl';
/** Names of the documents in an output directory. */
export const DOCUMENT_FILES: Readonly<Record<DocumentReporterName, string>> = {
  junit: 'junit.xml',
  tap: 'report.tap',
  github: 'summary.md',
  markdown: 'report.md',
  html: 'report.html',
};

/**
 * Refuses a call with conflicting outputs of reports.
 *
 * @throws UsageError
 */
export function checkOutputs(args: OutputArguments): void {
  const claiming = claims(args);
  if (claiming.length < 2) return;
  throw new UsageError(
    `${claiming.join(' and ')} both write to standard output`,
    'name a directory for them with --output',
  );
}

/**
 * Creates the output directory.
 *
 * @throws UsageError
 */
export function makeOutput({ output }: OutputArguments): void {
  if (output === undefined) return;
  try {
    makeDirectories(output);
  } catch (error) {
    throw new UsageError(`--output: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function claims({ reporter = [], output, json }: OutputArguments): string[] {
  const reporters = output === undefined ? WHOLE_STDOUT.filter((name) => reporter.includes(name)) : [];
  return [...(json === true ? ['--json'] : []), ...reporters.map((name) => `--reporter ${name}`)];
}
