import type { WireLogEntry } from '../../../service/wire/index.js';
import { EVERYTHING, matcher, rank, type EntryMarks, type LogFilter } from './log-filter.js';

/** Entries that are kept at least; beyond a tenth more the oldest give way. */
const KEPT = 1_000_000;

/** An entry as a row of the list. */
export interface LogRow {
  /** Place after it in its log; names it among all entries. */
  readonly cursor: number;
  readonly entry: WireLogEntry;
}

/**
 * A log outside React: lines as they came, and the numbers of those that pass the filter. Entries are numbered through from 0,
 * those given up included. Looking through them is done in slices, so that a million never stop the page.
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

  /** Entries that came, those given up included. */
  get received(): number {
    return this.#dropped + this.#lines.length;
  }
  /** Entries that were given up. */
  get dropped(): number {
    return this.#dropped;
  }
  /** Rows there are. */
  get rows(): number {
    return this.#matches.length;
  }
  /** Rows that went with the entries given up, since the filter was set. */
  get trimmed(): number {
    return this.#trimmed;
  }
  /** True while there are entries that the filter has not seen. */
  get isBehind(): boolean {
    return this.#looked < this.received;
  }
  /** Types of the events that came. */
  get types(): readonly string[] {
    return [...this.#types].sort();
  }
  /** Cursor of the last entry; 0 without any. */
  get end(): number {
    return this.#cursors.at(-1) ?? 0;
  }

  /** Takes a line of the log. */
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

  /** Shows other entries from now on; `look` finds them. */
  setFilter(filter: LogFilter): void {
    this.#passes = matcher(filter);
    this.#matches = [];
    this.#trimmed = 0;
    this.#looked = this.#dropped;
  }

  /** Looks at so many entries at most; true while there is more to look at. */
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

  /** The entry of a cursor, shown or not; undefined when it is not (or no longer) here. */
  find(cursor: number): LogRow | undefined {
    const at = lowerBound(this.#cursors, cursor);
    return this.#cursors[at] === cursor ? this.#read(at) : undefined;
  }

  /** Where the entry of a cursor stands in the list; -1 when it does not. */
  positionOf(cursor: number): number {
    const at = lowerBound(this.#cursors, cursor);
    if (this.#cursors[at] !== cursor) return -1;
    const position = lowerBound(this.#matches, at + this.#dropped);
    return this.#matches[position] === at + this.#dropped ? position : -1;
  }

  #read(at: number): LogRow {
    return { cursor: this.#cursors[at]!, entry: JSON.parse(this.#lines[at]!) as WireLogEntry };
  }

  /** Everything that is here now as JSON lines, in pieces; what comes or goes meanwhile changes nothing. */
  *pieces(size = 10_000): Generator<string> {
    const lines = this.#lines.slice();
    for (let from = 0; from < lines.length; from += size) {
      yield `${lines.slice(from, from + size).join('\n')}\n`;
    }
  }
}

/** Where a value stands in an ascending list, or would have to. */
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
