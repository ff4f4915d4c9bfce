import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubAnnotations } from '../../batch/report/document/github-annotations.js';
import { githubSummary } from '../../batch/report/document/github-report.js';
import { githubStepSummary } from '../../batch/report/document/github-step-summary.js';
import { htmlReport } from '../../batch/report/document/html-report.js';
import { junitReport } from '../../batch/report/document/junit-report.js';
import { marked } from '../../batch/report/document/own-report.js';
import type { SweepSection } from '../../batch/report/document/sweep-html.js';
import { tapReport } from '../../batch/report/document/tap-report.js';
import type { BatchReport } from '../../batch/report/batch-report.js';
import { AetherError } from '../../base/errors.js';
import {
  DOCUMENT_REPORTERS,
  type DocumentReporterName,
  type ReporterName,
} from '../../config/reporter-names.js';
import { writePieces } from '../../platform/index.js';
import type { CommandContext } from '../command-context.js';
import { notWritten } from '../not-written.js';
import { onePiece } from '../output/one-piece.js';
import { reportState } from './claim-reports.js';
import { DOCUMENT_FILES, isDocumentOut, REPORT_FILE, type OutputArguments } from './report-outputs.js';

type Render = (report: BatchReport, sweeps: readonly SweepSection[]) => string;

const RENDER: Readonly<Record<DocumentReporterName, Render>> = {
  junit: junitReport,
  tap: tapReport,
  github: githubSummary,
  markdown: githubSummary,
  html: htmlReport,
};

/**
 * Writes the requested documents of a batch, to the directory or to stdout, and with a directory always
 * report.json. The step summary is also written to the file that GitHub reads. A document that cannot be
 * written does not prevent the others. The caller reads the sweep sections of the page from the store.
 *
 * @throws AetherError REPORT_NOT_WRITTEN, with all documents that could not be written
 */
export async function writeReports(
  report: BatchReport,
  args: OutputArguments,
  { terminal, env }: CommandContext,
  sweeps: readonly SweepSection[] = [],
): Promise<void> {
  const { reporter = [], output, json } = args;
  const text = `${JSON.stringify(report)}\n`;
  const writing = new Writing();
  if (output !== undefined) await writing.replace(output, 'report', text);
  for (const name of new Set(reporter.filter(isDocument))) {
    const rendered = marked(name, RENDER[name](report, sweeps));
    if (output !== undefined) await writing.replace(output, name, rendered);
    else if (name !== 'github') terminal.data(rendered);
    if (name !== 'github') continue;
    (isDocumentOut(args) ? terminal.errData : terminal.data)(githubAnnotations(report));
    const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
    if (summary !== '') writing.append(summary, githubStepSummary(report));
  }
  if (json === true) terminal.out(text);
  writing.end();
}

function isDocument(name: ReporterName): name is DocumentReporterName {
  return (DOCUMENT_REPORTERS as readonly ReporterName[]).includes(name);
}

/** Writes files and records those that failed. */
class Writing {
  readonly #failed: AetherError[] = [];

  async replace(output: string, kind: 'report' | DocumentReporterName, text: string): Promise<void> {
    const path = join(output, kind === 'report' ? REPORT_FILE : DOCUMENT_FILES[kind]);
    const refuseForeign = (): void => {
      if (reportState(output, kind) === 'foreign') throw new Error('it was not written by aether-batch');
    };
    try {
      await writePieces(path, onePiece(text), refuseForeign);
    } catch (error) {
      this.#failed.push(notWritten(path, error));
    }
  }

  append(path: string, text: string): void {
    try {
      appendFileSync(path, text);
    } catch (error) {
      this.#failed.push(notWritten(path, error));
    }
  }

  /** @throws AetherError if a file could not be written */
  end(): void {
    const [first, ...others] = this.#failed;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    throw new AetherError(first.code, this.#failed.map(({ message }) => message).join('\n  '), first);
  }
}
