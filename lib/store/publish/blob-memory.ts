/** Bytes allocated at once: the blobs of several small runs. */
const LEAST_BYTES = 64 * 1024;

/**
 * Memory for blobs that are staged in memory: they are stored consecutively in a few buffers, which are
 * transferred to another thread as a whole instead of being copied blob by blob.
 */
export class BlobMemory {
  #buffers: ArrayBuffer[] = [];
  #last = new Uint8Array(0);
  #used = 0;
  /** Bytes transferred last time: the next blobs usually need the same. */
  #usual = LEAST_BYTES;

  /** A copy of the bytes. */
  copy(bytes: Uint8Array): Uint8Array {
    if (this.#used + bytes.length > this.#last.length) this.#add(Math.max(this.#usual, bytes.length));
    const copy = this.#last.subarray(this.#used, this.#used + bytes.length);
    copy.set(bytes);
    this.#used += bytes.length;
    return copy;
  }

  /** Every buffer that contains copies; ownership passes to the caller. */
  take(): readonly ArrayBuffer[] {
    const buffers = this.#buffers;
    const used = buffers.reduce((sum, { byteLength }) => sum + byteLength, this.#used - this.#last.length);
    this.#usual = Math.max(LEAST_BYTES, Math.min(used, MOST_BYTES));
    this.#buffers = [];
    this.#last = new Uint8Array(0);
    this.#used = 0;
    return buffers;
  }

  #add(bytes: number): void {
    // Not zeroed: it is written before it is read.
    const { buffer } = Buffer.allocUnsafeSlow(bytes);
    this.#buffers.push(buffer as ArrayBuffer);
    this.#last = new Uint8Array(buffer);
    this.#used = 0;
  }
}

const MOST_BYTES = 1024 * 1024;
