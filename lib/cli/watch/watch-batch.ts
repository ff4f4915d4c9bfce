import { nodeDocumentFiles } from '../../platform/document-files.js';
import { systemTimers } from '../../platform/timers.js';
import { watchDirectories } from '../../platform/watch-directories.js';
import { planAndRun } from '../batch/run-batch-command.js';
import type { CommandContext } from '../command-context.js';
import type { BatchArguments } from '../commands/batch.js';
import type { ExitCode } from '../exit-codes.js';
import { endAtOnce, Interruption } from '../interruption.js';
import { listedManifests } from './listed-manifests.js';
import { watchLoop, type Round } from './watch-loop.js';

/** Runs a batch, and again whenever one of its documents changes; each is compared with the one before. */
export async function watchBatch(args: BatchArguments, context: CommandContext): Promise<ExitCode> {
  const { globs = [], manifests = [] } = args;
  const interruption = new Interruption(endAtOnce);
  try {
    return await watchLoop({
      context,
      interruption,
      files: nodeDocumentFiles,
      timers: systemTimers,
      watch: watchDirectories,
      manifests: () => listedManifests([...manifests, ...globs]),
      run: (round) =>
        planAndRun(ofRound(args, round), context, { interruption, files: round.files, made: round.made }),
    });
  } finally {
    interruption.end();
  }
}

/** Only the first round executes what the store has, if the call asks for it. */
function ofRound(args: BatchArguments, { number, before }: Round): BatchArguments {
  if (number === 1) return args;
  const { force: _, ...rest } = args;
  return before === undefined ? rest : { ...rest, 'compare-to': before };
}
