import { inLine } from '../../../base/printable.js';
import type { Problem } from '../../../base/problem.js';
import { DocumentLibrary } from '../../../config/document-library.js';
import {
  DEFAULT_LIMITS,
  mergeProblems,
  validateFile,
  type FileVerdict,
  type ScenarioRegistry,
} from '../../../config/index.js';
import { assemble } from '../../../config/manifest/load-manifests.js';
import { nodeDocumentFiles } from '../../../platform/document-files.js';
import type { CommandContext } from '../../command-context.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { documentPlaces } from '../../scenarios/load-scenarios.js';
import { manifestFiles } from '../../scenarios/manifest-files.js';
import { renderProblems } from '../../scenarios/render-problems.js';
import type { ValidateArguments } from './options.js';

/** Validates every file and prints all problems; they are the result, so they go to stdout. */
export async function validateFiles(
  args: ValidateArguments,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  const files = await manifestFiles(args.files);
  const places = documentPlaces(args);
  const verdicts = await withSharedNames(
    files.map((file) => ({ file, ...validateFile(file, nodeDocumentFiles, {}, places) })),
  );
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

type NamedVerdict = FileVerdict & { readonly file: string };

/** Adds cells that would share a name, and runs of all files whose goldens would share a directory. */
async function withSharedNames(verdicts: readonly NamedVerdict[]): Promise<readonly NamedVerdict[]> {
  const manifests = verdicts.filter(({ kind }) => kind === 'BatchManifest').map(({ file }) => file);
  if (manifests.length === 0) return verdicts;
  const library = new DocumentLibrary(nodeDocumentFiles, DEFAULT_LIMITS);
  const { registry } = assemble(manifests, library);
  const { sharedNames } = await import('../../../batch/expand/shared-names.js');
  const shared = [...registry.scenarios.flatMap(sharedNames), ...(await goldensShared(registry))];
  return verdicts.map((verdict) => {
    const own = shared.filter(({ file }) => file === verdict.file);
    return { ...verdict, problems: mergeProblems([verdict.problems, own]) };
  });
}

async function goldensShared(registry: ScenarioRegistry): Promise<readonly Problem[]> {
  if (registry.scenarios.every(({ goldens }) => goldens.length === 0)) return [];
  const { sharedGoldens } = await import('../../../golden/places/shared-goldens.js');
  const { goldenTree } = await import('../../golden/golden-context.js');
  return sharedGoldens(goldenTree('golden'), registry);
}

function verdictLine({ file, kind, problems }: NamedVerdict): string {
  const verdict = problems.length === 0 ? 'ok' : `${String(problems.length)} wrong`;
  return `${verdict.padEnd(9)} ${(kind ?? 'unknown').padEnd(16)} ${inLine(file)}\n`;
}
