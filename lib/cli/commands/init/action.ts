import { shellWord } from '../../../base/shell-word.js';
import { join, dirname } from 'node:path';
import {
  EXAMPLE_SCENARIO,
  EXAMPLE_SWEEP,
  exampleProject,
  type ExampleFile,
} from '../../../config/example/example-project.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { packageVersion } from '../../engine-stamp.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { writeFirstGolden } from './first-golden.js';
import type { InitArguments } from './options.js';
import { entryAt } from '../../output/claim.js';
import { makeDirectories } from '../../../platform/make-directories.js';
import { nodeTreeFiles } from '../../../platform/tree-files.js';
import { notWritten } from '../../not-written.js';

/** Version of the document below; raised when a field changes its meaning or is removed. */
const VERSION = 1;

/** Writes the example project, and prints the next commands. Changes no existing file. */
export async function initProject(args: InitArguments, context: CommandContext): Promise<ExitCode> {
  const { directory } = args;
  const files = exampleProject(packageVersion());
  const golden = `golden/${EXAMPLE_SCENARIO}`;
  const taken = takenPaths(directory, [...files.map(({ path }) => path), golden]);
  if (taken.length > 0) {
    throw new UsageError(
      `nothing is written, because these exist in ${directory}: ${taken.join(', ')}`,
      'move them away, or name another directory: aether init <directory>',
    );
  }
  const undo = await writeNewFiles(directory, files);
  try {
    await writeFirstGolden(directory, context);
  } catch (error) {
    undo();
    throw error;
  }
  const written = [...files.map(({ path }) => path), `${golden}/`];
  const next = nextCommands(directory);
  if (args.json === true) {
    context.terminal.out(`${JSON.stringify({ v: VERSION, kind: 'NewProject', directory, written, next })}\n`);
    return EXIT.ok;
  }
  const lines = [
    ...written.map((path) => `wrote  ${join(directory, path)}`),
    '',
    'next:',
    ...next.map((command) => `  ${command}`),
  ];
  context.terminal.out(`${lines.join('\n')}\n`);
  return EXIT.ok;
}

function nextCommands(directory: string): readonly string[] {
  const enter =
    directory === '.' ? [] : [`cd ${shellWord(directory.startsWith('-') ? `./${directory}` : directory)}`];
  return [
    ...enter,
    "aether validate 'manifests/*.yaml'",
    'aether-batch',
    'aether golden status',
    `aether table --scenario ${EXAMPLE_SWEEP}`,
    `aether plot --scenario ${EXAMPLE_SWEEP} -o ${EXAMPLE_SWEEP}.svg`,
    `aether plot ${EXAMPLE_SCENARIO} -o ${EXAMPLE_SCENARIO}.svg`,
  ];
}

/**
 * The paths to create below a directory that are not available: the name exists, or a parent exists and is
 * not a plain directory. A symbolic link counts as not available, because it leads elsewhere.
 */
function takenPaths(directory: string, paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  for (const path of paths) {
    const steps = path.split('/');
    for (let count = 1; count <= steps.length; count++) {
      const part = steps.slice(0, count).join('/');
      const entry = entryAt(join(directory, part));
      if (entry === undefined) break;
      if (count === steps.length || !entry.isDirectory()) {
        taken.add(part);
        break;
      }
    }
  }
  return [...taken].sort();
}

/**
 * Writes new files. If one cannot be written, the files written by this call are removed again.
 *
 * @returns a function that removes them
 * @throws AetherError REPORT_NOT_WRITTEN
 */
async function writeNewFiles(directory: string, files: readonly ExampleFile[]): Promise<() => void> {
  const written: string[] = [];
  const undo = (): void => {
    for (const made of written) nodeTreeFiles.remove(made);
  };
  for (const { path, text } of files) {
    const target = join(directory, path);
    try {
      makeDirectories(dirname(target));
      nodeTreeFiles.create(target, text, 0o666);
      written.push(target);
      await nodeTreeFiles.sync(target);
    } catch (error) {
      undo();
      throw notWritten(target, error);
    }
  }
  return undo;
}
