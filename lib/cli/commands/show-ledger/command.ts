import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { SHOW_LEDGER_OPERANDS, SHOW_LEDGER_OPTIONS } from './options.js';

/** Lists the U-ledger. */
export function showLedgerCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'show-ledger',
    describe: 'List the U-ledger, one entry per committed tick',
    operands: SHOW_LEDGER_OPERANDS,
    options: SHOW_LEDGER_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether show-ledger gf01', 'Every entry of the latest gf01 run')
        .example('aether show-ledger latest --from 100 --to 120', 'A range of ticks of a long run')
        .example('aether show-ledger gf01 --json | tail -1', 'The last entry, as it is stored'),
    handler: acting(context, async () => (await import('./action.js')).showLedger),
  });
}
