import { validateFile, type FileVerdict } from '../../config/index.js';
import { nodeDocumentFiles } from '../../platform/document-files.js';
import type { CommandContext } from '../command-context.js';
import type { ValidateArguments } from '../commands/validate.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { documentPlaces } from './load-scenarios.js';
import { manifestFiles } from './manifest-files.js';
import { renderProblems } from './render-problems.js';

/** Validates every file and tells all problems; they are the result, so they go to stdout. */
export async function validateFiles(
  args: ValidateArguments,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  const files = await manifestFiles(args.files);
  const places = documentPlaces(args);
  const verdicts = files.map((file) => ({ file, ...validateFile(file, nodeDocumentFiles, {}, places) }));
  const isSound = verdicts.every(({ problems }) => problems.length === 0);
  if (args.json === true) {
    terminal.out(
      `${JSON.stringify(verdicts.map(({ kind, ...rest }) => ({ ...rest, kind: kind ?? null })))}\n`,
    );
  } else {
    for (const verdict of verdicts) terminal.out(verdictLine(verdict));
    const problems = verdicts.flatMap((verdict) => verdict.problems);
    if (!isSound) terminal.out(`\n${await renderProblems(problems, terminal.outColors)}`);
  }
  return isSound ? EXIT.ok : EXIT.usage;
}

function verdictLine({ file, kind, problems }: FileVerdict & { readonly file: string }): string {
  const verdict = problems.length === 0 ? 'ok' : `${String(problems.length)} wrong`;
  return `${verdict.padEnd(9)} ${(kind ?? 'unknown').padEnd(16)} ${file}\n`;
}
