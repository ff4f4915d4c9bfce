import { AetherError } from '../../base/errors.js';
import type { DiskStore } from '../disk-store.js';
import { locate, SEGMENTS, STORE_FORMATS } from '../layout.js';
import { writeFormat } from '../root-damage.js';
import { onFile, onFileAsync } from '../system-error.js';

/**
 * Converts a store of format 1 to format 2, in which later commits put small files into segments; existing
 * files are unchanged. Durable on return. False for a store of format 2.
 *
 * @throws AetherError STORE_LOCKED while another process has the store open for writing: a program that only
 * supports format 1 would remove the contents of segments as garbage
 */
export async function upgradeStore(store: DiskStore): Promise<boolean> {
  const { reader } = store;
  if (reader.segments !== undefined) return false;
  const { lease, platform } = store.maintenance();
  await lease.exclusively(async () => {
    const other = lease.otherWriter();
    if (other !== undefined)
      throw new AetherError(
        'STORE_LOCKED',
        `${store.location} is open for writing by ${other}; stop it first`,
      );
    onFile('create', SEGMENTS, () => reader.files.makeDirectory(locate(reader.root, SEGMENTS)));
    await onFileAsync('sync', '', () => reader.files.sync(reader.root));
    await writeFormat(reader.root, platform, STORE_FORMATS.segmented);
  });
  return true;
}
