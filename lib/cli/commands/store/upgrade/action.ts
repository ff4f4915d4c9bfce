import { upgradeStore } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { openForMaintenance } from '../../../open-store.js';
import type { StoreArguments } from '../store-options.js';

/** Upgrades a store of format 1 to format 2. @throws AetherError STORE_* */
export async function upgradeTree(args: StoreArguments, context: CommandContext): Promise<ExitCode> {
  const store = await openForMaintenance(args.store, context);
  try {
    const upgraded = await upgradeStore(store);
    const format = 'aether-store/2';
    const text = upgraded
      ? `${args.store} has format ${format} now; aether store pack moves its files into segments`
      : `${args.store} has format ${format} already`;
    context.terminal.out(`${args.json === true ? JSON.stringify({ format, upgraded }) : text}\n`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
