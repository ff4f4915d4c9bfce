import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { StoreWhyArguments } from './action.js';

const STORE_WHY_OPTIONS = STORE_OPTIONS;

/** Lists the references to a digest. */
export function storeWhyCommand(context: CommandContext): CommandModule<object, StoreWhyArguments> {
  return {
    command: 'why <digest>',
    describe: 'List the runs that refer to a digest, and the role of the digest in each',
    builder: (yargs) =>
      yargs
        .positional('digest', { type: 'string', describe: 'SHA-256 in hex, or the path of a blob' })
        .options(STORE_WHY_OPTIONS)
        .example('aether store why 3f79bb7b…', 'Its runs and artefacts')
        .example('aether store why artefacts/blobs/sha256/3f/79bb…', 'The same by path') as never,
    handler: async (args) => {
      const { explainDigest } = await import('./action.js');
      context.exit(await explainDigest(args, context));
    },
  };
}
