import { BoundedMap } from '../../base/bounded-map.js';
import { sha256, type Digest } from '../../base/digest.js';
import type { Processes } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
import { saveIndex, type SegmentRows } from './save-index.js';
import type { SegmentParts } from './segment-writer.js';
import type { Segment } from './segment.js';
import { locate, relative, SEGMENTS } from '../layout.js';
import { sealIn } from '../record-file.js';
import { sealDigits } from '../run-index.js';
import { storeError } from '../system-error.js';
import type { SegmentSpan } from './segment-format.js';

/** Fields of each run that the index needs. */
export interface RunRow {
  readonly id: RunId;
  readonly summary: { readonly arrival?: number };
  /** First digits of the checksum of its record. */
  readonly seal: string;
}

/** Bytes of a segment that are read at once for its records. */
const READ_AT_ONCE = 64 * 1024 * 1024;
/** Segments whose rows are in memory. */
const ROWS_KEPT = 256;
/** Ids that this program makes. */
const USUAL_ID = /^\d{17}-[0-9a-f]{10}$/;
const PREFIX_OF_USUAL = /^\d{0,17}$|^\d{17}-[0-9a-f]{0,10}$/;

/** Lowest and highest place in the order of arrival; -1 without runs. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/** Rows of the runs in one segment, by id; and the runs whose records are damaged. */
interface RowsOfSegment<R> {
  readonly rows: ReadonlyMap<RunId, R>;
  readonly damaged: readonly RunId[];
}

/**
 * The runs in the segments of a store: from the index of the store as far as it goes, and from the records in other
 * segments.
 */
export class PackedRuns<R extends RunRow> {
  readonly #segments: SegmentParts;
  readonly #parse: (text: string, id: RunId) => R | undefined;
  /** Rows of runs that this process has written, until the index has them. */
  readonly #own = new Map<RunId, R>();
  readonly #rows = new BoundedMap<Digest, RowsOfSegment<R>>(ROWS_KEPT);
  /** Places of arrival in segments that the index does not have. */
  readonly #spans = new Map<Digest, Span>();

  /** @param parse the row of a run from the text of its record; undefined if that is damaged */
  constructor(segments: SegmentParts, parse: (text: string, id: RunId) => R | undefined) {
    this.#segments = segments;
    this.#parse = parse;
  }

  /** Takes the row of a run that was just written. */
  add(row: R): void {
    this.#own.set(row.id, row);
  }

  /** The row of a run in a segment. */
  find(id: RunId): R | undefined {
    const segment = this.#segments.view.run(id)?.segment;
    return segment === undefined ? undefined : this.#rowsOf(segment).rows.get(id);
  }

  /** The rows of all readable live runs, in no particular order; a run may be there twice. */
  *all(): Generator<R, void, undefined> {
    for (const segment of this.#readable()) yield* this.#liveRows(segment);
  }

  /** Highest place in the order of arrival; -1 without runs. */
  last(): number {
    return this.#readable().reduce((last, segment) => Math.max(last, this.#spanOf(segment).last), -1);
  }

  /** Number of readable live runs; one in two segments, as after an interrupted merge, counts twice. */
  count(): number {
    return this.#sum(this.#readable());
  }

  /**
   * The count, and a text that changes with the runs and with segments that are merged: from one look at the
   * directory.
   */
  state(): { readonly version: string; readonly count: number } {
    const segments = this.#readable();
    const texts = segments.map(({ digest, dead }) => `${digest} ${String(dead.size)}`);
    return { version: sha256(texts.join('\n')), count: this.#sum(segments) };
  }

  #sum(segments: readonly Segment[]): number {
    return segments.reduce((sum, segment) => sum + this.#countOf(segment), 0);
  }

  /**
   * The rows of these and of all live runs in groups, in no particular order within one: every row of a group has
   * arrived later than those of the next.
   *
   * @param to highest place in the order of arrival
   */
  *fromLatest(others: readonly R[], to: number): Generator<readonly R[], void, undefined> {
    const segments = this.#readable()
      .map((segment) => ({ segment, span: this.#spanOf(segment) }))
      .filter(({ span }) => span.first <= to && span.last >= 0)
      .sort((a, b) => b.span.last - a.span.last);
    let waiting = others.filter((row) => arrivalOf(row) <= to);
    for (const [number, { segment }] of segments.entries()) {
      for (const row of this.#liveRows(segment)) if (arrivalOf(row) <= to) waiting.push(row);
      const next = segments[number + 1]?.span.last ?? -1;
      const isLater = (row: R): boolean => arrivalOf(row) > next;
      const later = waiting.filter(isLater);
      if (later.length === 0) continue;
      waiting = waiting.filter((row) => !isLater(row));
      yield later;
    }
    yield waiting;
  }

  /** Ids of live runs with damaged records, as far as the index does not have their segments. */
  damaged(): readonly RunId[] {
    const { view } = this.#segments;
    return view.unsaved().flatMap((segment) => this.#rowsOf(segment).damaged);
  }

  /** Runs in segments whose index is damaged: their references are lost. */
  unreferenced(): readonly RunId[] {
    const { view } = this.#segments;
    const found = view.segments().filter((segment) => !segment.isCovered && !segment.isWhole);
    return found.flatMap(({ index }) => [...index.runs.keys()]);
  }

  /** Ids of live runs that begin with a text, in no particular order. */
  withPrefix(prefix: string): ReadonlySet<RunId> {
    const { view } = this.#segments;
    const isUsual = PREFIX_OF_USUAL.test(prefix);
    const found = new Set<RunId>();
    return this.#despiteGc((segments) => {
      for (const segment of segments) {
        if (!isUsual && view.about(segment)?.hasOtherIds === false) continue;
        for (const id of segment.index.runs.keys())
          if (id.startsWith(prefix) && !segment.dead.has(relative.record('runs', id))) found.add(id);
      }
      return found;
    });
  }

  /** Number of segments that the index does not have, of those that were seen. */
  get unsaved(): number {
    return this.#segments.view.unsavedBefore;
  }

  /** Adds all segments to the index of the store. @throws Error of the file system */
  save(processes: Processes): void {
    saveIndex(this.#segments, processes, (segment) => this.#rowsToSave(segment));
    this.#own.clear();
  }

  #rowsToSave(segment: Segment): SegmentRows | undefined {
    const { rows, damaged } = this.#rowsOf(segment);
    if (damaged.length > 0) return undefined;
    const all = [...rows.values()];
    return {
      rows: all.map((row) => JSON.stringify(row)),
      ...spanOf(all),
      hasOtherIds: all.some(({ id }) => !USUAL_ID.test(id)),
    };
  }

  /** Places in the order of arrival in a segment, of dead runs too. */
  #spanOf(segment: Segment): Span {
    const { digest } = segment;
    const known = this.#segments.view.about(segment) ?? this.#spans.get(digest);
    if (known !== undefined) return known;
    const span = spanOf([...this.#rowsOf(segment).rows.values()]);
    this.#spans.set(digest, span);
    return span;
  }

  #countOf(segment: Segment): number {
    const { dead } = segment;
    const known = dead.size === 0 ? this.#segments.view.about(segment)?.runs : undefined;
    return known ?? [...this.#liveRows(segment)].length;
  }

  /**
   * The segments. Afterwards the rows of those that the index does not have are in memory: a concurrent gc may remove
   * their files while a caller reads one after another.
   *
   * @throws AetherError STORE_*
   */
  #readable(): readonly Segment[] {
    const { view } = this.#segments;
    return this.#despiteGc((segments) => {
      for (const segment of segments) if (view.about(segment) === undefined) this.#rowsOf(segment);
      return segments;
    });
  }

  #despiteGc<T>(read: (segments: readonly Segment[]) => T): T {
    const { view } = this.#segments;
    try {
      return view.despiteGc(() => read(view.segments()));
    } catch (error) {
      throw storeError(error, 'read', SEGMENTS);
    }
  }

  *#liveRows(segment: Segment): Generator<R, void, undefined> {
    const { dead } = segment;
    for (const row of this.#rowsOf(segment).rows.values())
      if (dead.size === 0 || !dead.has(relative.record('runs', row.id))) yield row;
  }

  #rowsOf(segment: Segment): RowsOfSegment<R> {
    const known = this.#rows.get(segment.digest);
    if (known !== undefined) return known;
    const lines = this.#segments.view.rows(segment.digest);
    const found = lines === undefined ? this.#readRecords(segment) : rowsIn<R>(lines);
    this.#rows.set(segment.digest, found);
    return found;
  }

  #readRecords(segment: Segment): RowsOfSegment<R> {
    const rows = new Map<RunId, R>();
    const damaged: RunId[] = [];
    const textOf = this.#texts(segment);
    for (const [id, span] of segment.index.runs) {
      if (segment.dead.has(relative.record('runs', id))) continue;
      const row = (segment.isOwn ? this.#own.get(id) : undefined) ?? this.#rowOf(textOf(span), id);
      if (row === undefined) damaged.push(id);
      else rows.set(id, row);
    }
    return { rows, damaged };
  }

  /** The row that this process took at the publication, if it is of this record: another one may have been there before. */
  #rowOf(text: string, id: RunId): R | undefined {
    const own = this.#own.get(id);
    return own?.seal === sealDigits(sealIn(text)) ? own : this.#parse(text, id);
  }

  /** Reads texts in a segment, which is read at once if it is small. */
  #texts({ digest, entry }: Segment): (span: SegmentSpan) => string {
    const { files, root } = this.#segments;
    const path = locate(root, relative.segment(digest));
    let all: Uint8Array | undefined;
    return ({ at, size }) => {
      if (entry.size <= READ_AT_ONCE) all ??= files.readRange(path, 0, entry.size);
      const bytes = all?.subarray(at, at + size) ?? files.readRange(path, at, size);
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    };
  }
}

function rowsIn<R extends RunRow>(lines: readonly string[]): RowsOfSegment<R> {
  const rows = lines.map((line) => JSON.parse(line) as R);
  return { rows: new Map(rows.map((row) => [row.id, row])), damaged: [] };
}

function spanOf(rows: readonly RunRow[]): Span {
  if (rows.length === 0) return { first: -1, last: -1 };
  const places = rows.map(arrivalOf);
  return { first: Math.min(...places), last: Math.max(...places) };
}

function arrivalOf({ summary }: RunRow): number {
  return summary.arrival ?? 0;
}
