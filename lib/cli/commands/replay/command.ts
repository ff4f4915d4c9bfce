import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import type { ReplayArguments } from './action.js';

const REPLAY_OPTIONS = {
  tick: {
    type: 'string',
    requiresArg: true,
    describe: 'Only this tick, from the nearest stored state before it',
    coerce: oneInteger('--tick', 1),
  },
  ...VIEW_OPTIONS,
} as const;

/** Computes a run again and compares. */
export function replayCommand(context: CommandContext): CommandModule<object, ReplayArguments> {
  return {
    command: 'replay <run>',
    describe: 'Compute a run, or one of its ticks, again and compare it with the stored artefacts',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(REPLAY_OPTIONS)
        .example('aether replay gf01', 'Every artefact must be identical byte for byte')
        .example('aether replay gf01 --tick 7', 'One tick, from the nearest I-block before it')
        .epilogue('Exit codes: 0 everything is as stored, 1 something differs.') as never,
    handler: async (args) => {
      const { showReplay } = await import('./action.js');
      context.exit(await showReplay(args, context));
    },
  };
}
