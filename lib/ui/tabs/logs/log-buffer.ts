import type { WireLogEntry } from '../../../service/wire/index.js';
import { EVERYTHING, matcher, rank, type EntryMarks, type LogFilter } from './log-filter.js';

/** Minimum of entries kept; at a tenth more the oldest are dropped. */
const KEPT = 1_000_000;

/** An entry as a row of the list. */
export interface LogRow {
  /** Cursor after it in its log; identifies it among all entries. */
  readonly cursor: number;
  readonly entry: WireLogEntry;
}

/**
 * A log outside React: the received lines, and the numbers of those that pass the filter. Entries are
 * numbered from 0, including dropped ones. Filtering is done in slices, so that a million entries never block
 * the page.
 */
export class LogBuffer {
  readonly #keep: number;
  #lines: string[] = [];
  #cursors: number[] = [];
  #marks: EntryMarks[] = [];
  readonly #knownMarks = new Map<string, EntryMarks>();
  readonly #types = new Set<string>();
  #dropped = 0;
  #matches: number[] = [];
  #trimmed = 0;
  #looked = 0;
  #passes = matcher(EVERYTHING);

  constructor(keep = KEPT) {
    this.#keep = keep;
  }

  /** Number of received entries, including dropped ones. */
  get received(): number {
    return this.#dropped + this.#lines.length;
  }
  /** Number of dropped entries. */
  get dropped(): number {
    return this.#dropped;
  }
  /** Number of rows. */
  get rows(): number {
    return this.#matches.length;
  }
  /** Number of rows removed with dropped entries, since the filter was set. */
  get trimmed(): number {
    return this.#trimmed;
  }
  /** True while there are unfiltered entries. */
  get isBehind(): boolean {
    return this.#looked < this.received;
  }
  /** Event types of the received entries. */
  get types(): readonly string[] {
    return [...this.#types].sort();
  }
  /** Cursor of the last entry; 0 without any. */
  get end(): number {
    return this.#cursors.at(-1) ?? 0;
  }

  /** Adds a line of the log. */
  append(line: string, cursor: number): void {
    const { level, event_type } = JSON.parse(line) as WireLogEntry;
    this.#lines.push(line);
    this.#cursors.push(cursor);
    this.#marks.push(this.#marksOf(level, event_type));
    if (this.#lines.length > this.#keep * 1.1) this.#dropOldest(this.#lines.length - this.#keep);
  }

  /** One object for all entries of a kind. */
  #marksOf(level: WireLogEntry['level'], event_type: string): EntryMarks {
    const key = `${level} ${event_type}`;
    const known = this.#knownMarks.get(key);
    if (known !== undefined) return known;
    const marks = { rank: rank(level), event_type };
    this.#knownMarks.set(key, marks);
    this.#types.add(event_type);
    return marks;
  }

  #dropOldest(count: number): void {
    for (const list of [this.#lines, this.#cursors, this.#marks]) list.splice(0, count);
    this.#dropped += count;
    this.#looked = Math.max(this.#looked, this.#dropped);
    const gone = lowerBound(this.#matches, this.#dropped);
    this.#matches.splice(0, gone);
    this.#trimmed += gone;
  }

  /** Sets the filter; `look` finds the matching entries. */
  setFilter(filter: LogFilter): void {
    this.#passes = matcher(filter);
    this.#matches = [];
    this.#trimmed = 0;
    this.#looked = this.#dropped;
  }

  /** Filters at most `most` entries; true while there are more. */
  look(most: number): boolean {
    const end = Math.min(this.received, this.#looked + most);
    for (; this.#looked < end; this.#looked++) {
      const at = this.#looked - this.#dropped;
      if (this.#passes(this.#marks[at]!, this.#lines[at]!)) this.#matches.push(this.#looked);
    }
    return this.isBehind;
  }

  /** The row at a position of the list. */
  row(position: number): LogRow | undefined {
    const number = this.#matches[position];
    return number === undefined ? undefined : this.#read(number - this.#dropped);
  }

  /** The entry of a cursor, shown or not; undefined if it is not (or no longer) loaded. */
  find(cursor: number): LogRow | undefined {
    const at = lowerBound(this.#cursors, cursor);
    return this.#cursors[at] === cursor ? this.#read(at) : undefined;
  }

  /** Position of the entry of a cursor in the list; -1 if it is not shown. */
  positionOf(cursor: number): number {
    const at = lowerBound(this.#cursors, cursor);
    if (this.#cursors[at] !== cursor) return -1;
    const position = lowerBound(this.#matches, at + this.#dropped);
    return this.#matches[position] === at + this.#dropped ? position : -1;
  }

  #read(at: number): LogRow {
    return { cursor: this.#cursors[at]!, entry: JSON.parse(this.#lines[at]!) as WireLogEntry };
  }

  /** All current entries as JSON lines, in pieces; later changes have no effect. */
  *pieces(size = 10_000): Generator<string> {
    const lines = this.#lines.slice();
    for (let from = 0; from < lines.length; from += size) {
      yield `${lines.slice(from, from + size).join('\n')}\n`;
    }
  }
}

/** Position of a value in an ascending list, or its insertion point. */
function lowerBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
