/** Bytes that are read at once: some lines. Runs are read by name, which may be any order in the file. */
const BLOCK = 8 << 10;
/** Blocks that are kept: 16 MiB. */
const KEPT = 2048;

/** Reads short ranges of immutable files: neighbours of what was read are there already, and memory is bounded. */
export class BlockCache {
  readonly #read: (path: string, from: number, length: number) => Uint8Array;
  readonly #blocks = new Map<string, Uint8Array>();

  constructor(read: (path: string, from: number, length: number) => Uint8Array) {
    this.#read = read;
  }

  /** The text of a range; shorter where the file ends. */
  text(path: string, from: number, length: number): string {
    const parts: Uint8Array[] = [];
    for (let at = from; at < from + length;) {
      const block = this.#block(path, Math.floor(at / BLOCK));
      const start = at % BLOCK;
      const part = block.subarray(start, Math.min(block.length, start + from + length - at));
      if (part.length === 0) break;
      parts.push(part);
      at += part.length;
    }
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  }

  #block(path: string, index: number): Uint8Array {
    const key = `${path} ${String(index)}`;
    const kept = this.#blocks.get(key);
    if (kept !== undefined) return kept;
    const block = this.#read(path, index * BLOCK, BLOCK);
    if (this.#blocks.size >= KEPT) this.#blocks.delete(this.#blocks.keys().next().value!);
    this.#blocks.set(key, block);
    return block;
  }
}
