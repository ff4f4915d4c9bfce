const NEWLINE = 10;
/** Bytes that are read at once: some lines. */
const BLOCK = 16 << 10;
/** Blocks that are kept: 4 MiB. Lines lie in the order in which they are mostly read, so a few for each file do. */
const KEPT = 256;

/** Reads lines of immutable files: neighbours of what was read are there already, and memory is bounded. */
export class BlockCache {
  readonly #read: (path: string, from: number, length: number) => Uint8Array;
  readonly #blocks = new Map<string, Map<number, Buffer>>();
  #kept = 0;

  constructor(read: (path: string, from: number, length: number) => Uint8Array) {
    this.#read = read;
  }

  /** The line that begins at an offset, without its newline; what there is where the file ends before. */
  line(path: string, from: number): string {
    const parts: Buffer[] = [];
    for (let at = from; ;) {
      const block = this.#block(path, Math.floor(at / BLOCK));
      const start = at % BLOCK;
      const end = block.indexOf(NEWLINE, start);
      if (end !== -1 && parts.length === 0) return block.toString('utf8', start, end);
      parts.push(block.subarray(start, end === -1 ? block.length : end));
      if (end !== -1 || block.length < BLOCK) return Buffer.concat(parts).toString('utf8');
      at += block.length - start;
    }
  }

  #block(path: string, index: number): Buffer {
    let blocks = this.#blocks.get(path);
    const kept = blocks?.get(index);
    if (kept !== undefined) return kept;
    const { buffer, byteOffset, length } = this.#read(path, index * BLOCK, BLOCK);
    const block = Buffer.from(buffer, byteOffset, length);
    if (++this.#kept > KEPT) {
      this.#blocks.clear();
      this.#kept = 1;
      blocks = undefined;
    }
    if (blocks === undefined) this.#blocks.set(path, (blocks = new Map<number, Buffer>()));
    blocks.set(index, block);
    return block;
  }
}
