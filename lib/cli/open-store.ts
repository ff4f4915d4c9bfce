import { AetherError } from '../base/errors.js';
import { nodePlatform } from '../platform/index.js';
// Not from the room's index: that would load the archive libraries for every look at a run.
import { openDiskStore, type DiskStore } from '../store/disk-store.js';
import { MemoryStore } from '../store/memory-store.js';
import { describeNotice } from '../store/sharing/notice.js';
import type { ArtefactStore } from '../store/port.js';
import type { CommandContext } from './command-context.js';

/**
 * The store in a directory, for writing; created when missing. What it repairs or waits for is told on stderr.
 */
export function openForWriting(root: string, { terminal }: CommandContext): Promise<DiskStore> {
  return openDiskStore({
    root,
    platform: nodePlatform(),
    onNotice: (notice) => {
      terminal.err(`store: ${describeNotice(notice)}\n`);
    },
  });
}

/**
 * The store in a directory, for reading; nothing is created.
 *
 * @throws AetherError STORE_*
 */
export function openForReading(root: string): Promise<DiskStore> {
  return openDiskStore({ root, mode: 'read', platform: nodePlatform() });
}

/**
 * A store that must exist already, for changing what it keeps.
 *
 * @throws AetherError STORE_*
 */
export async function openForMaintenance(root: string, context: CommandContext): Promise<DiskStore> {
  const existing = await openForReading(root);
  await existing.close();
  return openForWriting(root, context);
}

/** As openForReading; a store that does not exist yet is an empty one. */
export async function openIfThere(root: string): Promise<ArtefactStore> {
  try {
    return await openForReading(root);
  } catch (error) {
    if (error instanceof AetherError && error.code === 'STORE_NOT_FOUND') return new MemoryStore();
    throw error;
  }
}
