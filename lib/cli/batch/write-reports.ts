import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubAnnotations, githubSummary } from '../../batch/report/document/github-report.js';
import { htmlReport } from '../../batch/report/document/html-report.js';
import { junitReport } from '../../batch/report/document/junit-report.js';
import { tapReport } from '../../batch/report/document/tap-report.js';
import type { BatchReport } from '../../batch/report/batch-report.js';
import { writePieces } from '../../platform/index.js';
import type { CommandContext } from '../command-context.js';
import { isDocumentOut, type DocumentReporterName, type OutputArguments } from './report-outputs.js';

/** Name of the report that merge-reports reads. */
export const REPORT_FILE = 'report.json';

const DOCUMENTS: Readonly<
  Record<DocumentReporterName, { readonly file: string; readonly render: (report: BatchReport) => string }>
> = {
  junit: { file: 'junit.xml', render: junitReport },
  tap: { file: 'report.tap', render: tapReport },
  github: { file: 'summary.md', render: githubSummary },
  html: { file: 'report.html', render: htmlReport },
};

/**
 * Writes what a batch came to: each document that was asked for, into the directory or to stdout, and with a directory
 * always report.json. The step summary also goes where GitHub looks for it.
 */
export async function writeReports(
  report: BatchReport,
  args: OutputArguments,
  { terminal, env }: CommandContext,
): Promise<void> {
  const { reporter = [], output, json } = args;
  const text = `${JSON.stringify(report)}\n`;
  if (output !== undefined) await write(join(output, REPORT_FILE), text);
  for (const name of new Set(reporter)) {
    const document = documentOf(name);
    if (document === undefined) continue;
    const rendered = document.render(report);
    if (output !== undefined) await write(join(output, document.file), rendered);
    else if (name !== 'github') terminal.out(rendered);
    if (name !== 'github') continue;
    (isDocumentOut(args) ? terminal.err : terminal.out)(githubAnnotations(report));
    const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
    if (summary !== '') appendFileSync(summary, rendered);
  }
  if (json === true) terminal.out(text);
}

function documentOf(name: string): (typeof DOCUMENTS)[DocumentReporterName] | undefined {
  return Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name as DocumentReporterName] : undefined;
}

function write(path: string, text: string): Promise<void> {
  return writePieces(
    path,
    (async function* () {
      yield Buffer.from(text);
    })(),
  );
}
