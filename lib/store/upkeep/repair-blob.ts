import { checkBlob } from './verify-blobs.js';
import { sha256, type Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { DiskStore } from '../disk-store.js';
import { locate, relative } from '../layout.js';
import { openStager } from '../publish/stager.js';
import { isUnreadable, onFileAsync } from '../system-error.js';
import { setAside } from './set-aside.js';

/**
 * Replaces a blob by bytes that were found elsewhere or derived again; durable on return. False if the blob
 * is intact. Only bytes with the right digest are accepted; the old file is kept in damaged/.
 *
 * @throws AetherError STORE_BLOB_CORRUPT when the bytes do not match
 */
export async function repairBlob(store: DiskStore, digest: Digest, bytes: Uint8Array): Promise<boolean> {
  if (sha256(bytes) !== digest) {
    throw new AetherError(
      'STORE_BLOB_CORRUPT',
      `the new bytes of ${relative.blob(digest)} do not match its digest`,
    );
  }
  const { lease, platform } = store.maintenance();
  const { reader } = store;
  return lease.whileProtected(async () => {
    if (isGood(store, digest, bytes.length)) return false;
    const staged = openStager({ at: 'disk', root: reader.root }, platform).put(bytes);
    const path = relative.blob(digest);
    if (reader.has(path)) await setAside(reader, path);
    await onFileAsync('repair', path, async () => {
      if (staged.at !== 'disk') return;
      await reader.files.sync(reader.path(staged.temp));
      const fan = relative.blobFan(digest);
      if (reader.files.makeDirectory(reader.path(fan)))
        await reader.files.sync(locate(reader.root, 'blobs/sha256'));
      reader.files.rename(reader.path(staged.temp), reader.path(path));
      await reader.files.sync(reader.path(fan));
    });
    return true;
  });
}

/** An unreadable blob counts as broken: the new bytes are right. */
function isGood({ reader }: DiskStore, digest: Digest, size: number): boolean {
  try {
    return checkBlob(reader, digest, size) === 'good';
  } catch (error) {
    if (isUnreadable(error)) return false;
    throw error;
  }
}
