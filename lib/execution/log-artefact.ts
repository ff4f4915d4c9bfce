import { ByteWriter } from '../base/byte-writer.js';
import type { RunSink } from '../session/records.js';

const CHUNK_BYTES = 1 << 20;

/** Collects log lines into record-aligned chunks of the `log` artefact. */
export class LogArtefact {
  readonly #sink: RunSink;
  readonly #bytes = new ByteWriter();
  #records = 0;
  #first = 0;
  #last = 0;

  constructor(sink: RunSink) {
    this.#sink = sink;
    sink.open('log');
  }

  /** @param line one entry with its newline; `tick` 0 for an entry outside the tick loop */
  write(line: string, tick: number): void {
    this.#bytes.text(line);
    this.#records++;
    if (tick > 0) {
      if (this.#first === 0) this.#first = tick;
      this.#last = tick;
    }
    if (this.#bytes.length >= CHUNK_BYTES) this.#cut(false);
  }

  /** Writes the rest; nothing may be written afterwards. */
  flush(): void {
    this.#cut(true);
  }

  #cut(isLast: boolean): void {
    if (this.#records === 0) return;
    const span = { records: this.#records, first_tick: this.#first, last_tick: this.#last };
    this.#sink.chunk('log', this.#bytes.view(), span, isLast);
    this.#bytes.reset();
    this.#records = 0;
    this.#first = 0;
    this.#last = 0;
  }
}
