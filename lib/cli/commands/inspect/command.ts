import type { CommandModule } from 'yargs';
import { LAYERS } from '../../../engine/inputs.js';
import type { CommandContext } from '../../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import type { InspectArguments } from './action.js';

const INSPECT_OPTIONS = {
  summary: { type: 'boolean', describe: 'Summary of the run and its artefacts (the default)' },
  tick: { ...text, describe: 'Everything recorded of one tick', coerce: oneInteger('--tick', 1) },
  window: {
    ...text,
    describe: 'Manifest and candidates of a window, by its id or its number from 1',
  },
  aeon: { type: 'boolean', describe: 'Windows of its AEON grammar; with --tick, those that cover it' },
  layer: { ...text, describe: 'Envelopes of one layer, of the whole run or of --tick', choices: LAYERS },
  ...VIEW_OPTIONS,
} as const;

/** Shows a stored run. */
export function inspectCommand(context: CommandContext): CommandModule<object, InspectArguments> {
  return {
    command: 'inspect <run>',
    describe: 'Inspect a stored run: as a whole, or one tick, window or layer',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(INSPECT_OPTIONS)
        .conflicts('summary', ['tick', 'window', 'layer', 'aeon'])
        .conflicts('window', ['tick', 'layer', 'aeon'])
        .conflicts('aeon', 'layer')
        .example('aether inspect gf01', 'Summary of the latest gf01 run')
        .example('aether inspect gf01 --tick 3', 'State, fluxes, blocks and hashes of tick 3')
        .example('aether inspect gf01 --window 1', 'Coding of the streams of the first window')
        .example('aether inspect apxi-demo --aeon', 'Ranges, parents and children of its AEON windows')
        .example('aether inspect pfna-demo --layer INGRESS --json', 'Its ingress envelopes as JSON') as never,
    handler: async (args) => {
      const { inspectRun } = await import('./action.js');
      context.exit(await inspectRun(args, context));
    },
  };
}
