import { AetherError } from '../base/errors.js';
import { nodePlatform } from '../platform/index.js';
// Not from the index of the room: that would load the archive libraries for every read of a run.
import { DiskStore, openDiskStore } from '../store/disk-store.js';
import { MemoryStore } from '../store/memory-store.js';
import { describeNotice, type StoreNotice } from '../store/sharing/notice.js';
import type { StoreFormat } from '../store/layout.js';
import type { ArtefactStore } from '../store/port.js';
import type { CommandContext } from './command-context.js';

/** The store in a directory, for writing; created if missing. Repairs and waiting are reported on stderr. */
export function openForWriting(
  root: string,
  context: CommandContext,
  options: { readonly repair?: boolean; readonly format?: StoreFormat } = {},
): Promise<DiskStore> {
  return openDiskStore({ ...options, root, platform: nodePlatform(), onNotice: noticesTo(context) });
}

function noticesTo({ terminal }: CommandContext): (notice: StoreNotice) => void {
  return (notice) => {
    terminal.err(`store: ${describeNotice(notice)}\n`);
  };
}

/**
 * The store in a directory, for reading; nothing is created. With a context, skipped damage is reported on
 * stderr.
 *
 * @throws AetherError STORE_*
 */
export function openForReading(root: string, context?: CommandContext): Promise<DiskStore> {
  const onNotice = context === undefined ? undefined : noticesTo(context);
  return openDiskStore({ root, mode: 'read', platform: nodePlatform(), ...(onNotice && { onNotice }) });
}

/**
 * Like openForReading, also if store.json or a directory of the store is damaged: for verify, which reports
 * that.
 */
export function openDamaged(root: string): Promise<DiskStore> {
  return openDiskStore({ root, mode: 'read', repair: true, platform: nodePlatform() });
}

/** Repairs store.json and the directories of a store, and opens it for repairing the rest. */
export function openForRepair(root: string, context: CommandContext): Promise<DiskStore> {
  return openForWriting(root, context, { repair: true });
}

/**
 * An existing store, for maintenance.
 *
 * @throws AetherError STORE_*
 */
export async function openForMaintenance(root: string, context: CommandContext): Promise<DiskStore> {
  const existing = await openForReading(root);
  await existing.close();
  return openForWriting(root, context);
}

/** The store of a plan, for reading, as of its opening. A missing store counts as empty. */
export async function openForPlan(root: string, context: CommandContext): Promise<ArtefactStore> {
  const store = await openIfThere(root, context);
  if (store instanceof DiskStore) store.keepStill();
  return store;
}

/** Like openForReading; a missing store counts as empty. */
export async function openIfThere(root: string, context?: CommandContext): Promise<ArtefactStore> {
  try {
    return await openForReading(root, context);
  } catch (error) {
    if (error instanceof AetherError && error.code === 'STORE_NOT_FOUND') return new MemoryStore();
    throw error;
  }
}

/** Uses a store that is being opened, and always closes it. */
export async function withStore<S extends ArtefactStore, T>(
  opening: Promise<S>,
  use: (store: S) => Promise<T>,
): Promise<T> {
  const store = await opening;
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
