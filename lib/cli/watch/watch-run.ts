import { nodeDocumentFiles } from '../../platform/document-files.js';
import { systemTimers } from '../../platform/timers.js';
import { watchDirectories } from '../../platform/watch-directories.js';
import { planAndRunOne } from '../batch/run-one.js';
import type { CommandContext } from '../command-context.js';
import type { RunArguments } from '../commands/run.js';
import type { ExitCode } from '../exit-codes.js';
import { endAtOnce, Interruption } from '../interruption.js';
import { isNamed } from '../scenarios/manifest-files.js';
import { listedManifests } from './listed-manifests.js';
import { watchLoop } from './watch-loop.js';

/** Runs one scenario or document, and again whenever one of its documents changes; each is compared with the one before. */
export async function watchRun(args: RunArguments, context: CommandContext): Promise<ExitCode> {
  const interruption = new Interruption(endAtOnce);
  const manifests = isNamed(args.scenario) ? [args.scenario] : (args.manifests ?? []);
  try {
    return await watchLoop({
      context,
      interruption,
      files: nodeDocumentFiles,
      timers: systemTimers,
      watch: watchDirectories,
      manifests: () => listedManifests(manifests),
      run: ({ number, files, before, made }) => {
        const { force, ...rest } = args;
        const own = number === 1 && force === true ? args : rest;
        return planAndRunOne(own, context, { interruption, files, before, made });
      },
    });
  } finally {
    interruption.end();
  }
}
