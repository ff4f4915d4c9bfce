import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { REPLAY_OPERANDS, REPLAY_OPTIONS } from './options.js';

/** Computes a run again and compares. */
export function replayCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'replay',
    describe: 'Compute a run, or one of its ticks, again and compare it with the stored artefacts',
    operands: REPLAY_OPERANDS,
    options: REPLAY_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether replay gf01', 'Every artefact must be identical byte for byte')
        .example('aether replay gf01 --tick 7', 'One tick, from the nearest I-block before it')
        .epilogue('Exit codes: 0 everything is as stored, 1 something differs.'),
    handler: acting(context, async () => (await import('./action.js')).showReplay),
  });
}
