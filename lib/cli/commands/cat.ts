import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { oneText } from '../option-values.js';

const CAT_OPTIONS = {
  store: {
    type: 'string',
    requiresArg: true,
    default: 'artefacts',
    describe: 'Directory of the artefact tree',
    coerce: oneText('--store'),
  },
} as const;

export interface CatArguments {
  readonly run: string;
  readonly kind: string;
  readonly store: string;
}

/** Prints an artefact. */
export function catCommand(context: CommandContext): CommandModule<object, CatArguments> {
  return {
    command: 'cat <run> <kind>',
    describe: 'Print the exact bytes of an artefact',
    builder: (yargs) =>
      yargs
        .positional('run', {
          type: 'string',
          describe: 'Run id or unique prefix, run name, scenario id, or latest',
        })
        .positional('kind', { type: 'string', describe: 'Artefact, such as u_ledger' })
        .options(CAT_OPTIONS)
        .example('aether cat gf01 u_ledger', 'The U-ledger of the latest gf01 run')
        .example('aether cat latest umx_ledger | tail -1', 'The last tick of the latest run') as never,
    handler: async (args) => {
      const { catArtefact } = await import('../inspect/cat-artefact.js');
      context.exit(await catArtefact(args, context));
    },
  };
}
