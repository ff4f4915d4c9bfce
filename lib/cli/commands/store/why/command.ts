import type { CommandContext } from '../../../command-context.js';
import { STORE_OPTIONS } from '../store-options.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { STORE_WHY_OPERANDS } from './options.js';

/** Lists the references to a digest. */
export function storeWhyCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'why',
    describe: 'List the runs that refer to a digest, and the role of the digest in each',
    operands: STORE_WHY_OPERANDS,
    options: STORE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store why 3f79bb7b…', 'Its runs and artefacts')
        .example('aether store why artefacts/blobs/sha256/3f/79bb…', 'The same by path'),
    handler: acting(context, async () => (await import('./action.js')).explainDigest),
  });
}
