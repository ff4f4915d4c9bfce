import { planAndRun } from './action.js';
import type { CommandContext } from '../../command-context.js';
import type { BatchArguments } from './options.js';
import type { ExitCode } from '../../exit-codes.js';
import { watchHere } from '../../watch/watch-here.js';
import type { Round } from '../../watch/watch-loop.js';

/** Runs a batch, and again after each change of its documents; each is compared with the previous one. */
export function watchBatch(args: BatchArguments, context: CommandContext): Promise<ExitCode> {
  const { globs = [], manifests = [] } = args;
  return watchHere(context, [...manifests, ...globs], (round, interruption) =>
    planAndRun(ofRound(args, round), context, { interruption, files: round.files, made: round.made }),
  );
}

/** Only the first round executes cached runs, if the call requests it. */
function ofRound(args: BatchArguments, { number, before }: Round): BatchArguments {
  if (number === 1) return args;
  const { force: _, ...rest } = args;
  return before === undefined ? rest : { ...rest, 'compare-to': before };
}
