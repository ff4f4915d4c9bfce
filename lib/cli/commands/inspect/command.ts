import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { INSPECT_OPERANDS, INSPECT_OPTIONS } from './options.js';

/** Shows a stored run. */
export function inspectCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'inspect',
    describe: 'Inspect a stored run: as a whole, or one tick, window or layer',
    operands: INSPECT_OPERANDS,
    options: INSPECT_OPTIONS,
    conflicts: {
      summary: ['tick', 'window', 'layer', 'aeon'],
      window: ['tick', 'layer', 'aeon'],
      aeon: ['layer'],
    },
    builder: (yargs) =>
      yargs
        .example('aether inspect gf01', 'Summary of the latest gf01 run')
        .example('aether inspect gf01 --tick 3', 'State, fluxes, blocks and hashes of tick 3')
        .example('aether inspect gf01 --window 1', 'Coding of the streams of the first window')
        .example('aether inspect apxi-demo --aeon', 'Ranges, parents and children of its AEON windows')
        .example('aether inspect pfna-demo --layer INGRESS --json', 'Its ingress envelopes as JSON'),
    handler: acting(context, async () => (await import('./action.js')).inspectRun),
  });
}
