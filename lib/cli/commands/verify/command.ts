import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import type { VerifyArguments } from './action.js';

const VERIFY_OPTIONS = VIEW_OPTIONS;

/** Verifies the hash chain of a run. */
export function verifyCommand(context: CommandContext): CommandModule<object, VerifyArguments> {
  return {
    command: 'verify <run>',
    describe: 'Verify the whole hash chain of a run from its stored bytes, without the engine',
    builder: (yargs) =>
      yargs
        .positional('run', RUN_REF)
        .options(VERIFY_OPTIONS)
        .example('aether verify gf01', 'Digests, links, Merkle roots, tip, manifests and U-ledger')
        .example('aether verify latest --json', 'The same as JSON')
        .epilogue(
          'Exit codes: 0 everything is intact, 1 something is broken: tick and field are named, 5 bytes of the run are missing or damaged in the store.',
        ) as never,
    handler: async (args) => {
      const { showVerification } = await import('./action.js');
      context.exit(await showVerification(args, context));
    },
  };
}
