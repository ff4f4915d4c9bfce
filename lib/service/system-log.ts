import type { Clock } from '../base/ports.js';
import type { WireLogEntry, WireLogLevel } from './wire/log.js';

const KEPT = 5000;

/** Entries of the log, in the order they were written. */
export interface LogPart {
  readonly entries: readonly WireLogEntry[];
  readonly next: number;
  readonly dropped: number;
}

/** The log of the service: kept in memory; the oldest entries are dropped. */
export class SystemLog {
  readonly #clock: Clock;
  readonly #entries: WireLogEntry[] = [];
  readonly #listen: (entry: WireLogEntry) => void;
  #first = 0;

  constructor(clock: Clock, listen: (entry: WireLogEntry) => void = () => undefined) {
    this.#clock = clock;
    this.#listen = listen;
  }

  say(level: WireLogLevel, event_type: string, message: string): void {
    this.add({ level, event_type, message });
  }

  /** The same, about a run or with more fields. */
  add(said: Omit<WireLogEntry, 'timestamp' | 'run_id'> & { readonly run_id?: string }): void {
    const timestamp = new Date(this.#clock.now()).toISOString();
    const entry = { timestamp, run_id: '', ...said };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) {
      this.#entries.shift();
      this.#first++;
    }
    this.#listen(entry);
  }

  /** Entries after position `from`, the position after them, and the number of dropped entries in between. */
  after(from: number, limit: number): LogPart {
    const start = Math.max(from, this.#first);
    const entries = this.#entries.slice(start - this.#first, start - this.#first + limit);
    return { entries, next: start + entries.length, dropped: start - from };
  }
}
