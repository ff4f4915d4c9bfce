import { LogBuffer } from './log-buffer.js';
import type { LogFilter } from './log-filter.js';

/** State of the connection to the log. */
export type FeedStatus = 'loading' | 'live' | 'ended' | 'paused' | 'reconnecting' | 'failed';

/** Maximum number of entries filtered per frame. */
const SLICE = 20_000;

/** A log buffer that notifies React of changes, at most once per frame. */
export class LogFeed {
  readonly buffer = new LogBuffer();
  #status: FeedStatus = 'loading';
  #error: unknown = null;
  #version = 0;
  #frame: number | undefined;
  readonly #listeners = new Set<() => void>();

  get status(): FeedStatus {
    return this.#status;
  }
  get error(): unknown {
    return this.#error;
  }

  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.buffer.isBehind) this.#atNextFrame();
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly append = (line: string, cursor: number): void => {
    this.buffer.append(line, cursor);
    this.#atNextFrame();
  };

  readonly setStatus = (status: FeedStatus, error: unknown = null): void => {
    this.#status = status;
    this.#error = error;
    this.#atNextFrame();
  };

  setFilter(filter: LogFilter): void {
    this.buffer.setFilter(filter);
    this.#atNextFrame();
  }

  #atNextFrame(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      if (this.buffer.look(SLICE)) this.#atNextFrame();
      this.#version++;
      for (const listener of this.#listeners) listener();
    });
  }
}
