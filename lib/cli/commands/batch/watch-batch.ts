import { planAndRun } from './action.js';
import type { CommandContext } from '../../command-context.js';
import type { BatchArguments } from './arguments.js';
import type { ExitCode } from '../../exit-codes.js';
import { watchHere } from '../../watch/watch-here.js';
import type { Round } from '../../watch/watch-loop.js';

/** Runs a batch, and again whenever one of its documents changes; each is compared with the one before. */
export function watchBatch(args: BatchArguments, context: CommandContext): Promise<ExitCode> {
  const { globs = [], manifests = [] } = args;
  return watchHere(context, [...manifests, ...globs], (round, interruption) =>
    planAndRun(ofRound(args, round), context, { interruption, files: round.files, made: round.made }),
  );
}

/** Only the first round executes what the store has, if the call asks for it. */
function ofRound(args: BatchArguments, { number, before }: Round): BatchArguments {
  if (number === 1) return args;
  const { force: _, ...rest } = args;
  return before === undefined ? rest : { ...rest, 'compare-to': before };
}
