import { NumberColumn } from './number-column.js';

/** Bytes allocated at once. */
const CHUNK = 256 << 10;

/** A list of texts that grows without copying: twelve bytes for each text, plus its own bytes. */
export class TextColumn<Text extends string = string> {
  readonly #chunks: Buffer[] = [];
  /** Bytes used in the last chunk. */
  #taken = CHUNK;
  readonly #chunk = new NumberColumn('int32');
  readonly #from = new NumberColumn('int32');
  readonly #size = new NumberColumn('int32');

  get length(): number {
    return this.#from.length;
  }

  push(text: Text): void {
    const size = Buffer.byteLength(text);
    if (this.#chunks.length === 0 || this.#taken + size > CHUNK) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(CHUNK, size)));
      this.#taken = 0;
    }
    const chunk = this.#chunks.length - 1;
    this.#chunks[chunk]!.write(text, this.#taken);
    this.#chunk.push(chunk);
    this.#from.push(this.#taken);
    this.#size.push(size);
    this.#taken += size;
  }

  /** @param index less than the length, as in all methods */
  at(index: number): Text {
    const from = this.#from.at(index);
    return this.#chunks[this.#chunk.at(index)]!.toString('utf8', from, from + this.#size.at(index)) as Text;
  }

  /** Order of two texts by code point, given by their indices. */
  compare(a: number, b: number): number {
    const [left, right] = [this.#from.at(a), this.#from.at(b)];
    return this.#chunks[this.#chunk.at(a)]!.compare(
      this.#chunks[this.#chunk.at(b)]!,
      right,
      right + this.#size.at(b),
      left,
      left + this.#size.at(a),
    );
  }
}
