import { ByteWriter } from '../base/byte-writer.js';
import { borrowWriter, returnWriter } from '../base/writer-pool.js';
import type { ArtefactKind, RunSink } from './records.js';

/** Default size at which a chunk is cut, in bytes. */
export const CHUNK_BYTES = 1 << 20;

/** Destination of the bytes of records. */
export interface StreamTarget {
  readonly sink: RunSink;
  readonly chunk_bytes: number;
}

/** The record stream of one artefact: written in place, cut into chunks at record borders. */
export class RecordStream {
  /** Replaced when the stream is closed. */
  out = borrowWriter();
  readonly #kind: ArtefactKind;
  readonly #target: StreamTarget;
  #records = 0;
  #first = 0;
  #last = 0;

  constructor(kind: ArtefactKind, target: StreamTarget) {
    this.#kind = kind;
    this.#target = target;
    target.sink.open(kind);
  }

  /** Ends the record just written to `out`; `tick` is 0 for records without one. */
  end(tick: number): void {
    this.out.byte(0x0a);
    if (this.#records === 0) this.#first = tick;
    else if (tick < this.#first) this.#first = tick;
    if (this.#records === 0 || tick > this.#last) this.#last = tick;
    this.#records++;
    if (this.out.length >= this.#target.chunk_bytes) this.#flush(false);
  }

  /** Writes one record given as canonical JSON text. */
  line(text: string, tick: number): void {
    this.out.text(text);
    this.end(tick);
  }

  /** Writes the rest; nothing may be written afterwards. */
  close(): void {
    if (this.out === CLOSED) return;
    this.#flush(true);
    returnWriter(this.out);
    this.out = CLOSED;
  }

  #flush(isLast: boolean): void {
    if (this.#records === 0) return;
    const span = { records: this.#records, first_tick: this.#first, last_tick: this.#last };
    this.#target.sink.chunk(this.#kind, this.out.view(), span, isLast);
    this.out.reset();
    this.#records = 0;
  }
}

const CLOSED = new ByteWriter(0);
