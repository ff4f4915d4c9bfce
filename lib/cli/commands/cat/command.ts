import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { CAT_OPERANDS, CAT_OPTIONS } from './options.js';

/** Prints an artefact. */
export function catCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'cat',
    describe: 'Print the exact bytes of an artefact',
    operands: CAT_OPERANDS,
    options: CAT_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether cat gf01 u_ledger', 'The U-ledger of the latest gf01 run')
        .example('aether cat latest umx_ledger | tail -1', 'The last tick of the latest run')
        .example('aether cat gf01 u_ledger --json', 'Its digest, size and record count'),
    handler: acting(context, async () => (await import('./action.js')).catArtefact),
  });
}
