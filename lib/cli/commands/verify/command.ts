import type { CommandContext } from '../../command-context.js';
import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { VERIFY_OPERANDS } from './options.js';

/** Verifies the hash chain of a run. */
export function verifyCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'verify',
    describe: 'Verify the whole hash chain of a run from its stored bytes, without the engine',
    operands: VERIFY_OPERANDS,
    options: VIEW_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether verify gf01', 'Digests, links, Merkle roots, tip, manifests and U-ledger')
        .example('aether verify latest --json', 'The same as JSON')
        .epilogue(
          'Exit codes: 0 everything is intact, 1 something is broken: tick and field are named, 5 bytes of the run are missing or damaged in the store.',
        ),
    handler: acting(context, async () => (await import('./action.js')).showVerification),
  });
}
