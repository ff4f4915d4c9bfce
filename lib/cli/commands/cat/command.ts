import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import type { CatArguments } from './action.js';

const CAT_OPTIONS = {
  ...VIEW_OPTIONS,
  json: {
    type: 'boolean',
    describe: 'Print kind, digest, size and record count as JSON instead of the bytes',
  },
} as const;

/** Prints an artefact. */
export function catCommand(context: CommandContext): CommandModule<object, CatArguments> {
  return {
    command: 'cat <run> <kind>',
    describe: 'Print the exact bytes of an artefact',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .positional('kind', { type: 'string', describe: 'Artefact, such as u_ledger' })
        .options(CAT_OPTIONS)
        .example('aether cat gf01 u_ledger', 'The U-ledger of the latest gf01 run')
        .example('aether cat latest umx_ledger | tail -1', 'The last tick of the latest run')
        .example('aether cat gf01 u_ledger --json', 'Its digest, size and record count') as never,
    handler: async (args) => {
      const { catArtefact } = await import('./action.js');
      context.exit(await catArtefact(args, context));
    },
  };
}
