import type { LogDestination } from '../../execution/run-execution.js';
import type { Clock, GrowingFile, GrowingFiles } from '../../base/ports.js';

const FLUSH_BYTES = 64 * 1024;
const FLUSH_MS = 50;

/**
 * Worker side of a live log: the lines of the log artefact, appended to a file that the service reads during
 * the run and that survives the process. It may lag behind by a few milliseconds; `flush` writes the rest.
 */
export class LogSpool implements LogDestination {
  readonly #clock: Clock;
  #file: GrowingFile | undefined;
  #pending: string[] = [];
  #size = 0;
  #due = 0;

  constructor(path: string, files: GrowingFiles, clock: Clock) {
    this.#clock = clock;
    this.#attempt(() => (this.#file = files.open(path, 'private')));
  }

  write(line: string): void {
    this.#pending.push(line);
    this.#size += line.length;
    if (this.#size >= FLUSH_BYTES || this.#clock.monotonic() >= this.#due) this.flush();
  }

  /** Appends the buffered lines. */
  flush(): void {
    if (this.#size === 0) return;
    const text = this.#pending.join('');
    this.#pending = [];
    this.#size = 0;
    this.#due = this.#clock.monotonic() + FLUSH_MS;
    this.#attempt(() => this.#file?.append(text));
  }

  close(): void {
    this.flush();
    this.#attempt(() => this.#file?.close());
    this.#file = undefined;
  }

  /** A live log that cannot be written must not disturb the run; the artefact has every line. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch {
      this.#file = undefined;
    }
  }
}
