import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { STORE_OPTIONS, type StoreArguments } from './store-options.js';

const STORE_WHY_OPTIONS = STORE_OPTIONS;

export interface StoreWhyArguments extends StoreArguments {
  readonly digest: string;
}

/** Tells what names a digest. */
export function storeWhyCommand(context: CommandContext): CommandModule<object, StoreWhyArguments> {
  return {
    command: 'why <digest>',
    describe: 'Tell which runs name a digest, and as what',
    builder: (yargs) =>
      yargs
        .positional('digest', { type: 'string', describe: 'SHA-256 in hex, or the path of a blob' })
        .options(STORE_WHY_OPTIONS)
        .example('aether store why 3f79bb7b…', 'Runs and artefacts it belongs to')
        .example('aether store why artefacts/blobs/sha256/3f/79bb…', 'The same by path') as never,
    handler: async (args) => {
      const { explainDigest } = await import('../../store/explain-digest.js');
      context.exit(await explainDigest(args, context));
    },
  };
}
