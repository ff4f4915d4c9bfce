import type { Digest } from '../../base/digest.js';

/** Maximum of cached bytes. */
const LIMIT = 32 * 1024 * 1024;

/**
 * Chunks of stored logs, read and verified once for all clients that read the same place: a stream reads a
 * small piece at a time, and the rest of the chunk would be most of its cost.
 */
export class ChunkCache {
  readonly #read: (digest: Digest) => Promise<Uint8Array>;
  /** By digest, the most recently used last. */
  readonly #chunks = new Map<Digest, { readonly size: number; readonly bytes: Promise<Uint8Array> }>();
  #size = 0;

  constructor(read: (digest: Digest) => Promise<Uint8Array>) {
    this.#read = read;
  }

  /** @param size size of the chunk in its record */
  get(digest: Digest, size: number): Promise<Uint8Array> {
    const known = this.#chunks.get(digest);
    if (known !== undefined) {
      this.#chunks.delete(digest);
      this.#chunks.set(digest, known);
      return known.bytes;
    }
    const bytes = this.#read(digest);
    this.#chunks.set(digest, { size, bytes });
    this.#size += size;
    bytes.catch(() => {
      this.#forget(digest);
    });
    for (const oldest of this.#chunks.keys()) {
      if (this.#size <= LIMIT || oldest === digest) break;
      this.#forget(oldest);
    }
    return bytes;
  }

  #forget(digest: Digest): void {
    this.#size -= this.#chunks.get(digest)?.size ?? 0;
    this.#chunks.delete(digest);
  }
}
