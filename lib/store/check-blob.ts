import { RunningDigest, type Digest } from '../base/digest.js';
import type { DiskReader } from './disk-reader.js';
import { relative } from './layout.js';
import { onFile } from './system-error.js';

/** Condition of the bytes of a blob. */
export type BlobCondition = 'good' | 'missing' | 'corrupt';

/**
 * Compares a blob with its digest. It is read in pieces, so that memory does not depend on its size; with the
 * size, truncation is detected early.
 *
 * @throws AetherError STORE_*
 */
export function checkBlob(reader: DiskReader, digest: Digest, size?: number): BlobCondition {
  const path = relative.blob(digest);
  return onFile('read', path, () => {
    const entry = reader.files.stat(reader.path(path));
    if (entry === undefined) return 'missing';
    if (entry.kind !== 'file' || (size !== undefined && entry.size !== size)) return 'corrupt';
    const running = new RunningDigest();
    reader.files.readPieces(reader.path(path), (piece) => {
      running.update(piece);
    });
    return running.finish() === digest ? 'good' : 'corrupt';
  });
}
