const NEWLINE = 10;
/** Bytes read at once: several lines. */
const BLOCK = 16 << 10;
/** Maximum of cached blocks: 4 MiB. Lines are mostly read in file order, so a few blocks per file suffice. */
const KEPT = 256;

/** Reads bytes of a file from an offset into the given buffer; returns the part that was filled. */
export type ReadInto = (path: string, from: number, into: Uint8Array) => Uint8Array;

/**
 * Reads lines of immutable files: nearby lines are cached, and memory is bounded. Blocks are allocated once
 * and reused: the garbage collector frees buffers late, because their heap size is small.
 */
export class BlockCache {
  readonly #read: ReadInto;
  readonly #blocks = new Map<string, Map<number, Buffer>>();
  readonly #buffers: Buffer[] = [];
  #kept = 0;

  constructor(read: ReadInto) {
    this.#read = read;
  }

  /** The line at an offset, without its newline; the rest of the file if there is no newline. */
  line(path: string, from: number): string {
    const parts: Buffer[] = [];
    for (let at = from; ;) {
      const block = this.#block(path, Math.floor(at / BLOCK));
      const start = at % BLOCK;
      const end = block.indexOf(NEWLINE, start);
      if (end !== -1 && parts.length === 0) return block.toString('utf8', start, end);
      // A copy: the next block may reuse this buffer.
      parts.push(Buffer.from(block.subarray(start, end === -1 ? block.length : end)));
      if (end !== -1 || block.length < BLOCK) return Buffer.concat(parts).toString('utf8');
      at += block.length - start;
    }
  }

  #block(path: string, index: number): Buffer {
    const kept = this.#blocks.get(path)?.get(index);
    if (kept !== undefined) return kept;
    if (this.#kept === KEPT) this.#forget();
    const buffer = (this.#buffers[this.#kept] ??= Buffer.allocUnsafeSlow(BLOCK));
    const { byteOffset, length } = this.#read(path, index * BLOCK, buffer);
    const block = Buffer.from(buffer.buffer, byteOffset, length);
    this.#kept++;
    let blocks = this.#blocks.get(path);
    if (blocks === undefined) this.#blocks.set(path, (blocks = new Map<number, Buffer>()));
    blocks.set(index, block);
    return block;
  }

  #forget(): void {
    this.#blocks.clear();
    this.#kept = 0;
  }
}
