import type { Json } from '../../base/canonical-json.js';

/** A stored record: an object of JSON values. */
export type StoredRecord = Readonly<Record<string, Json>>;

const NEWLINE = 0x0a;

/** The records of one chunk, addressed by position without parsing the others. */
export class RecordChunk {
  readonly bytes: Uint8Array;
  /** Start of each record, followed by the end of the bytes. */
  readonly #starts: Int32Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const starts = [0];
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
    if (starts.at(-1) !== bytes.length) starts.push(bytes.length);
    this.#starts = Int32Array.from(starts);
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** Start of the bytes of a record. */
  start(index: number): number {
    return this.#starts[index]!;
  }

  /** The bytes of a record with its line end. */
  line(index: number): Uint8Array {
    return this.bytes.subarray(this.#starts[index], this.#starts[index + 1]);
  }

  /** Record number `index` as text, without its line end. */
  text(index: number): string {
    const start = this.#starts[index]!;
    const end = this.#starts[index + 1]!;
    const { buffer, byteOffset } = this.bytes;
    const last = this.bytes[end - 1] === NEWLINE ? end - 1 : end;
    return Buffer.from(buffer, byteOffset + start, last - start).toString('utf8');
  }

  record(index: number): StoredRecord {
    return JSON.parse(this.text(index)) as StoredRecord;
  }

  /** Tick of a record; 0 if records have none. */
  tick(index: number): number {
    return tickOf(this.record(index));
  }

  /** Position of the record that contains the byte at `offset`. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Position of the first record whose tick is at least `tick`; `count` if there is none. Ticks ascend. */
  lowerBound(tick: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tick(middle) < tick) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function tickOf(record: StoredRecord): number {
  const tick = record['tick'];
  return typeof tick === 'number' ? tick : 0;
}
