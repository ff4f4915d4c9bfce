import { AetherError } from '../../../../base/errors.js';
import { upgradeStore } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { openForMaintenance, openForWriting } from '../../../open-store.js';
import type { DiskStore } from '../../../../store/disk-store.js';
import type { UpgradeArguments } from './options.js';

/** Upgrades a store of format 1 to format 2. @throws AetherError STORE_* */
export async function upgradeTree(args: UpgradeArguments, context: CommandContext): Promise<ExitCode> {
  const { store, created } = await openOrCreate(args, context);
  try {
    const upgraded = await upgradeStore(store);
    const format = 'aether-store/2';
    const text = created
      ? `${args.store} was created with format ${format}`
      : upgraded
        ? `${args.store} has format ${format} now; aether store pack moves its files into segments`
        : `${args.store} has format ${format} already`;
    context.terminal.out(`${args.json === true ? JSON.stringify({ format, upgraded, created }) : text}\n`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

async function openOrCreate(
  { store: root, create }: UpgradeArguments,
  context: CommandContext,
): Promise<{ readonly store: DiskStore; readonly created: boolean }> {
  try {
    return { store: await openForMaintenance(root, context), created: false };
  } catch (error) {
    const isMissing = error instanceof AetherError && error.code === 'STORE_NOT_FOUND';
    if (create !== true || !isMissing) throw error;
    return { store: await openForWriting(root, context), created: true };
  }
}
