import { BoundedMap } from '../../base/bounded-map.js';
import type { Digest } from '../../base/digest.js';
import type { TreeEntry } from '../../base/ports.js';

const LIMIT = 200_000;

/**
 * Blobs that this process has made durable or hashed and synced, so that publishing the same bytes a thousand
 * times hashes them once. A file that was replaced or touched since must be verified again.
 */
export class VerifiedBlobs {
  readonly #marks = new BoundedMap<Digest, string>(LIMIT);

  knows(digest: Digest, entry: TreeEntry): boolean {
    return this.#marks.get(digest) === mark(entry);
  }

  add(digest: Digest, entry: TreeEntry): void {
    this.#marks.set(digest, mark(entry));
  }
}

function mark(entry: TreeEntry): string {
  return `${String(entry.ino)} ${String(entry.size)} ${String(entry.mtimeMs)}`;
}
