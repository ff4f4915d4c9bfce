import { byCodeUnit } from '../../base/code-units.js';
import type { Digest } from '../../base/digest.js';
import { errorCode } from '../../base/errors.js';
import type { Clock, TreeEntry, TreeFiles } from '../../base/ports.js';
import { locate, relative, segmentFile, SEGMENTS, type SegmentFile } from '../layout.js';
import { isRunRecord } from '../record-file.js';
import { parseDead } from './dead-list.js';
import { PartLost, UnsavedPart, type CoveredSegment, type NameKind } from './index-part.js';
import { IndexParts } from './index-parts.js';
import { IndexTexts } from './index-text.js';
import { NO_INDEX, readIndex, readIndexText, salvage, type SegmentIndex } from './segment-format.js';
import { SegmentLookup } from './segment-lookup.js';
import { Segment, type ReadIndex, type SegmentPlace, type SegmentSource } from './segment.js';

/** References of runs in a commit. */
type SegmentRefs = 'keys' | 'scenarios';

/**
 * Changes of a directory within this time may have the same modification time, with and without fine
 * timestamps of the file system.
 */
const SAME_DATE_MS = { fine: 20, coarse: 2_500 } as const;

/** Segments without an index that are read at once; of more, less stays in memory. */
const MOST_IN_MEMORY = 256;
const RENEW_AFTER = 64;
/** Entries that are sorted together in memory. */
const UNSAVED_ENTRIES = 2 ** 20;

/**
 * The blobs, records and references in the segments of a store. Reads the directory again whenever it has
 * changed, so that changes by other processes are as visible as with plain files; not within a commit or a
 * turn of gc, during which no other process removes anything.
 */
export class SegmentView {
  readonly #files: TreeFiles;
  readonly #root: string;
  readonly #clock: Clock;
  readonly #tell: (path: string, message: string) => void;
  readonly #onMany: (segments: number) => void;
  readonly #segments = new Map<Digest, Segment>();
  /** The index of the store, which covers most segments. */
  readonly parts: IndexParts;
  readonly #lookup: SegmentLookup;
  readonly #texts = new IndexTexts();
  #areLoaded = false;
  /** Number of segments without an index above which the files of the index are looked at again. */
  #renewAt = RENEW_AFTER;
  #fans: ReadonlyMap<string, readonly string[]> | undefined;
  /** Segments with dead places that are not written yet. */
  readonly #unwritten = new Set<Segment>();
  #held = 0;
  #still = 0;
  /** Called when the first of several holders starts to hold the view. */
  onHold: () => void = () => undefined;
  #mark = '';
  /** True if a segment of this process is not added yet. */
  #isBehind = false;
  /**
   * Monotonic time from which on the modification time of the directory reflects every change, and of the
   * last check.
   */
  #tells = 0;
  #looked = -1;

  /**
   * @param on `damage` is called once for each segment that is damaged or cannot be read, `many` when many segments must
   * be read because the index of the store does not have them
   */
  constructor(
    root: string,
    { files, clock }: { readonly files: TreeFiles; readonly clock: Clock },
    on: {
      readonly damage: (path: string, message: string) => void;
      readonly many: (segments: number) => void;
    },
  ) {
    this.#tell = on.damage;
    this.#onMany = on.many;
    this.#root = root;
    this.#files = files;
    this.#clock = clock;
    this.parts = new IndexParts(root, files);
    this.#lookup = new SegmentLookup({
      segments: this.#segments,
      parts: this.parts,
      onLost: (lost) => {
        this.parts.lose(lost);
        this.#uncover();
      },
      onMissing: () => {
        this.lookAgain();
      },
    });
  }

  /** All segments, by digest ascending. */
  segments(): readonly Segment[] {
    this.#refresh();
    return [...this.#segments.values()].sort((a, b) => byCodeUnit(a.digest, b.digest));
  }

  /** The segments that the files of the index do not have. */
  unsaved(): readonly Segment[] {
    this.#refresh();
    return this.#unsaved();
  }

  /** Their number when the directory was last read. */
  get unsavedBefore(): number {
    return this.#unsaved().length;
  }

  #unsaved(): readonly Segment[] {
    return [...this.#segments.values()].filter(({ digest }) => this.parts.about(digest) === undefined);
  }

  /** The segment as the files of the index describe it; undefined if they do not, or if it proved damaged. */
  about({ digest, isCovered }: Segment): CoveredSegment | undefined {
    return isCovered ? this.parts.about(digest) : undefined;
  }

  segment(digest: Digest): Segment | undefined {
    return this.#segments.get(digest);
  }

  /** The rows of a segment, as lines of JSON; undefined if the files of the index do not have it. */
  rows(digest: Digest): readonly string[] | undefined {
    try {
      if (this.#segments.get(digest)?.isCovered !== true) return undefined;
      return this.parts.rows(digest);
    } catch (error) {
      if (!(error instanceof PartLost)) throw error;
      this.parts.lose(error);
      this.#uncover();
      return this.rows(digest);
    }
  }

  blob(digest: string): SegmentPlace | undefined {
    this.#refresh();
    const segment = this.#lookup.first('blobs', digest);
    return segment && { segment, ...segment.blob(digest as Digest)! };
  }

  run(id: string): SegmentPlace | undefined {
    this.#refresh();
    const segment = this.#lookup.first('runs', id);
    return segment && { segment, ...segment.run(id)! };
  }

  /** The run that a reference names. */
  ref(space: SegmentRefs, name: string): string | undefined {
    this.#refresh();
    return this.#lookup.first(space, name)?.ref(space, name);
  }

  /** Digests of all blobs, by their first two digits. */
  blobFans(): ReadonlyMap<string, readonly string[]> {
    this.#refresh();
    if (this.#fans !== undefined) return this.#fans;
    const fans = new Map<string, string[]>();
    for (const digest of this.#lookup.names('blobs')) {
      const fan = digest.slice(0, 2);
      const there = fans.get(fan);
      if (there === undefined) fans.set(fan, [digest]);
      else there.push(digest);
    }
    return (this.#fans = fans);
  }

  runIds(): Iterable<string> {
    this.#refresh();
    return this.#lookup.names('runs');
  }

  refNames(space: SegmentRefs): Iterable<string> {
    this.#refresh();
    return this.#lookup.names(space);
  }

  /** The live references in a segment. */
  *refsIn(segment: Segment): Generator<{ space: SegmentRefs; name: string; run: string }> {
    for (const space of ['keys', 'scenarios'] as const) {
      for (const [name, run] of segment.index[space])
        if (this.#lookup.first(space, name) === segment) yield { space, name, run };
    }
  }

  /** Reads the directory once more, and then not until the returned function is called. */
  hold(): () => void {
    if (this.#held === 0) {
      this.#look();
      this.onHold();
    }
    this.#held += 1;
    let isOver = false;
    return () => {
      if (!isOver) this.#held -= 1;
      isOver = true;
    };
  }

  get isHeld(): boolean {
    return this.#held > 0;
  }

  /**
   * Reads the directory once more, and then not until the returned function is called, although others may
   * remove something meanwhile: for callers that only read, many times.
   */
  keepStill(): () => void {
    this.#look();
    this.onHold();
    this.#still += 1;
    return () => {
      this.#still -= 1;
    };
  }

  /** True while a caller reads many things, and changes nothing. */
  get keepsStill(): boolean {
    return this.#held === 0 && this.#still > 0;
  }

  /** True while the directory is not read again. */
  get isStill(): boolean {
    return this.#held + this.#still > 0;
  }

  /** Reads the directory regardless of its modification time; for callers that found a segment missing. */
  lookAgain(): void {
    this.#mark = '';
    this.#look();
  }

  /** Reads segments, again if a concurrent gc has moved the live contents of one to another. */
  despiteGc<T>(read: () => T): T {
    for (let attempt = 1; ; attempt++) {
      try {
        return read();
      } catch (error) {
        if (errorCode(error) !== 'ENOENT' || attempt > 2) throw error;
        this.lookAgain();
      }
    }
  }

  /** Adds a segment written by this process; if it cannot be read now, the next check finds it. */
  add(digest: Digest, index: SegmentIndex): void {
    try {
      const segment = this.#segmentOf(digest, index);
      if (segment !== undefined) segment.isDurable = segment.isOwn = true;
    } catch {
      this.#mark = '';
      this.#isBehind = true;
    }
  }

  /** Marks a place in segments as dead; false if it is in none. Written by `takeUnwritten` and its caller. */
  bury(path: string): boolean {
    this.#fans = undefined;
    const [kind, name] = nameIn(path);
    const segments = this.#lookup.all(kind, name);
    for (const segment of segments) {
      segment.dead.add(path);
      this.#unwritten.add(segment);
    }
    this.#lookup.delete(kind, name);
    return segments.length > 0;
  }

  /** Segments whose dead places changed since the last call. */
  takeUnwritten(): readonly Segment[] {
    const segments = [...this.#unwritten];
    this.#unwritten.clear();
    return segments;
  }

  /** Marks the dead places of a segment as unwritten again. */
  owe(segment: Segment): void {
    this.#unwritten.add(segment);
  }

  /** Removes a segment that no longer exists. */
  drop(digest: Digest): void {
    const segment = this.#segments.get(digest);
    if (segment === undefined) return;
    this.#segments.delete(digest);
    this.#unwritten.delete(segment);
    this.#texts.delete(digest);
    this.#forget(segment);
  }

  /** Takes new parts of the index into account, and drops from memory what they cover. */
  renewParts(): void {
    this.parts.load();
    for (const segment of this.#segments.values()) {
      if (segment.isCovered || !segment.isWhole || this.parts.about(segment.digest) === undefined) continue;
      this.#lookup.forget(segment);
      segment.cover();
    }
    this.#uncover();
  }

  /** Reads the segments that the index does not cover any more. */
  #uncover(): void {
    const lost = [...this.#segments.values()].filter(
      ({ digest, isCovered }) => isCovered && !this.parts.covers(digest),
    );
    for (const { digest } of lost) this.#segments.delete(digest);
    this.#addAll(lost.map(({ digest }) => digest));
    for (const { digest, dead } of lost) {
      const segment = this.#segments.get(digest);
      if (segment !== undefined) this.#kill(segment, [...dead]);
    }
  }

  #refresh(): void {
    if (!this.isStill || this.#isBehind) this.#look();
  }

  #look(): void {
    const now = this.#clock.monotonic();
    const folder = this.#files.stat(locate(this.#root, SEGMENTS));
    const mark = folder === undefined ? '' : `${String(folder.ino)} ${String(folder.mtimeMs)}`;
    if (mark === this.#mark && this.#looked >= this.#tells) return;
    if (mark !== this.#mark) this.#tells = now + sameDate(folder?.mtimeMs ?? 0);
    this.#list();
    this.#mark = mark;
    this.#looked = now;
    this.#isBehind = false;
  }

  #list(): void {
    const found = new Set<Digest>();
    const about: SegmentFile[] = [];
    if (!this.#areLoaded) this.parts.load();
    this.#areLoaded = true;
    for (const { name } of this.#files.list(locate(this.#root, SEGMENTS))) {
      const file = segmentFile(name);
      if (file?.is === 'segment') found.add(file.digest);
      else if (file !== undefined) about.push(file);
    }
    for (const digest of [...this.#segments.keys()]) if (!found.has(digest)) this.drop(digest);
    this.#addAll([...found].filter((digest) => !this.#segments.has(digest)));
    for (const file of about) this.#takeDead(file);
    if (this.#unsaved().length <= this.#renewAt) return;
    // Other processes may have saved the index of what they wrote.
    this.renewParts();
    this.#renewAt = this.#unsaved().length + RENEW_AFTER;
  }

  /** Of many segments at once only the entries of their names stay in memory. */
  #addAll(digests: readonly Digest[]): void {
    const unknown = digests.filter((digest) => this.parts.about(digest) === undefined);
    if (unknown.length <= MOST_IN_MEMORY) {
      for (const digest of digests) this.#segmentOf(digest);
      return;
    }
    this.#onMany(unknown.length);
    let part = new UnsavedPart();
    for (const digest of digests) {
      const segment = this.#segmentOf(digest);
      if (segment === undefined || segment.isCovered || !segment.isWhole) continue;
      part.add(digest, segment.index);
      this.#lookup.forget(segment);
      segment.cover();
      if (part.entries < UNSAVED_ENTRIES) continue;
      this.parts.addUnsaved(part);
      part = new UnsavedPart();
    }
    this.parts.addUnsaved(part);
  }

  #takeDead({ is, digest, run }: SegmentFile): void {
    const segment = this.#segments.get(digest);
    if (segment === undefined) return;
    if (is === 'dead') this.#readDead(segment);
    else {
      segment.marks.add(run);
      this.#kill(segment, [relative.record('runs', run)]);
    }
  }

  #segmentOf(digest: Digest, known?: SegmentIndex): Segment | undefined {
    const about = known === undefined ? this.parts.about(digest) : undefined;
    if (about !== undefined) {
      const segment = new Segment(this.#sourceOf(digest, about.order));
      this.#segments.set(digest, segment);
      return segment;
    }
    const name = relative.segment(digest);
    const entry = this.#files.stat(locate(this.#root, name));
    if (entry?.kind !== 'file') return undefined;
    const read = known === undefined ? this.#read(name, entry) : { index: known, isWhole: true };
    const segment = new Segment(this.#sourceOf(digest, read.index.order), read);
    this.#segments.set(digest, segment);
    this.#remember(segment);
    return segment;
  }

  #sourceOf(digest: Digest, order: number): SegmentSource {
    const name = relative.segment(digest);
    const path = locate(this.#root, name);
    const entry = (): TreeEntry => {
      const found = this.#files.stat(path);
      if (found !== undefined) return found;
      throw Object.assign(new Error(`ENOENT: ${name} was removed`), { code: 'ENOENT' });
    };
    return {
      digest,
      order,
      entry,
      read: () => this.#read(name, entry()),
      text: () => this.#texts.of(digest, () => this.#readText(path, entry().size)),
      onDamage: (segment) => {
        if (this.#segments.get(digest) === segment) this.#remember(segment);
      },
    };
  }

  #readText(path: string, size: number): string | undefined {
    try {
      return readIndexText(this.#files, path, size);
    } catch (error) {
      if (!UNREADABLE.has(errorCode(error) ?? '')) throw error;
      return undefined;
    }
  }

  /** The index, or its known part: an unreadable segment hides no other. */
  #read(name: string, entry: TreeEntry): ReadIndex {
    const path = locate(this.#root, name);
    const found = (index: SegmentIndex, damage: string): ReadIndex => {
      this.#tell(name, damage);
      return { index, isWhole: false };
    };
    try {
      const index = readIndex(this.#files, path, entry.size);
      if (index !== undefined) return { index, isWhole: true };
      return found(salvage(this.#files.readRange(path, 0, entry.size), isRunRecord), 'has a damaged index');
    } catch (error) {
      const code = errorCode(error) ?? '';
      // Removed meanwhile, or out of descriptors: neither is an error of the segment.
      if (!UNREADABLE.has(code)) throw error;
      return found(NO_INDEX, `cannot be read (${code})`);
    }
  }

  /** Another process may have added to the list of dead places of a segment. */
  #readDead(segment: Segment): void {
    const path = locate(this.#root, relative.deadOf(segment.digest));
    const entry = this.#files.stat(path);
    const mark =
      entry === undefined ? '' : `${String(entry.ino)} ${String(entry.size)} ${String(entry.mtimeMs)}`;
    if (mark === segment.deadMark) return;
    segment.deadMark = mark;
    this.#kill(segment, parseDead(this.#files.readText(path) ?? '') ?? []);
  }

  #kill(segment: Segment, places: readonly string[]): void {
    const added = places.filter((place) => !segment.dead.has(place));
    if (added.length === 0) return;
    for (const place of added) segment.dead.add(place);
    this.#forget(segment);
    this.#remember(segment);
  }

  #remember(segment: Segment): void {
    this.#fans = undefined;
    if (!segment.isCovered) this.#lookup.remember(segment);
  }

  #forget(segment: Segment): void {
    this.#fans = undefined;
    if (!segment.isCovered) this.#lookup.forget(segment);
  }
}

/** Kind and name of the blob, the record of a run, or the reference by key or name at a path. */
function nameIn(path: string): readonly [NameKind, string] {
  const parts = path.split('/');
  if (parts[0] === 'blobs') return ['blobs', parts.slice(2).join('')];
  if (parts[0] === 'runs') return ['runs', parts[1]!.slice(0, -'.json'.length)];
  return [parts[1] as SegmentRefs, parts.slice(2).join('/')];
}

/** Read errors that concern only this file. */
const UNREADABLE = new Set(['EACCES', 'EPERM', 'EIO', 'ELOOP', 'EISDIR', 'EFTYPE', 'ENXIO']);

function sameDate(mtimeMs: number): number {
  return mtimeMs % 1000 === 0 ? SAME_DATE_MS.coarse : SAME_DATE_MS.fine;
}
