import type { CommandContext } from '../../../command-context.js';
import { acting, declareCommand, type Command } from '../../../options/declare-command.js';
import { UPGRADE_OPTIONS } from './options.js';

/** Upgrades a store to the format with segments. */
export function storeUpgradeCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'upgrade',
    describe: 'Upgrade a store to format 2, which keeps small files in segments',
    options: UPGRADE_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether store upgrade', 'New runs are written to segments')
        .example('aether store upgrade && aether store pack', 'Existing runs as well')
        .example('aether store upgrade --create', 'A new store begins with segments')
        .epilogue(
          'Programs that support only format 1 then refuse the store. Existing files stay unchanged. Fails while another process has the store open for writing.',
        ),
    handler: acting(context, async () => (await import('./action.js')).upgradeTree),
  });
}
