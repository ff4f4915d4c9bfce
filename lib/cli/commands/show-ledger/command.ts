import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import type { ShowLedgerArguments } from './action.js';

const SHOW_LEDGER_OPTIONS = {
  from: { ...text, describe: 'First tick', defaultDescription: '1', coerce: oneInteger('--from', 1) },
  to: { ...text, describe: 'Last tick', defaultDescription: 'the last one', coerce: oneInteger('--to', 1) },
  ...VIEW_OPTIONS,
} as const;

/** Lists the U-ledger. */
export function showLedgerCommand(context: CommandContext): CommandModule<object, ShowLedgerArguments> {
  return {
    command: 'show-ledger <run>',
    describe: 'List the U-ledger, one entry per committed tick',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(SHOW_LEDGER_OPTIONS)
        .example('aether show-ledger gf01', 'Every entry of the latest gf01 run')
        .example('aether show-ledger latest --from 100 --to 120', 'A range of ticks of a long run')
        .example('aether show-ledger gf01 --json | tail -1', 'The last entry, as it is stored') as never,
    handler: async (args) => {
      const { showLedger } = await import('./action.js');
      context.exit(await showLedger(args, context));
    },
  };
}
