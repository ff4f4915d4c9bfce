import { byCodeUnit } from '../../base/code-units.js';
import type { Digest } from '../../base/digest.js';
import { errorCode } from '../../base/errors.js';
import type { Clock, TreeEntry, TreeFiles } from '../../base/ports.js';
import { locate, relative, segmentFile, SEGMENTS, type SegmentFile } from '../layout.js';
import { isRunRecord } from '../record-file.js';
import { parseDead } from './dead-list.js';
import { NO_INDEX, readIndex, salvage, type SegmentIndex } from './segment-format.js';
import type { Segment, SegmentPlace } from './segment.js';
import { addBlobs, deadIn, Holders, holdersOfBlobs } from './holders.js';

/** References of runs in a commit. */
type SegmentRefs = 'keys' | 'scenarios';

/**
 * Changes of a directory within this time may have the same modification time, with and without fine
 * timestamps of the file system.
 */
const SAME_DATE_MS = { fine: 20, coarse: 2_500 } as const;

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
  readonly #segments = new Map<Digest, Segment>();
  /** Built on the first lookup of a blob, which planning and listing runs do not need. */
  #blobs: Holders | undefined;
  #fans: ReadonlyMap<string, readonly string[]> | undefined;
  readonly #runs = new Holders(false);
  readonly #refs = { keys: new Holders(true), scenarios: new Holders(true) } as const;
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

  /** @param tell called once for each segment that is damaged or cannot be read */
  constructor(
    root: string,
    { files, clock }: { readonly files: TreeFiles; readonly clock: Clock },
    tell: (path: string, message: string) => void,
  ) {
    this.#tell = tell;
    this.#root = root;
    this.#files = files;
    this.#clock = clock;
  }

  /** All segments, by digest ascending. */
  segments(): readonly Segment[] {
    this.#refresh();
    return [...this.#segments.values()].sort((a, b) => byCodeUnit(a.digest, b.digest));
  }

  blob(digest: string): SegmentPlace | undefined {
    this.#refresh();
    const segment = this.#blobHolders().first(digest);
    return segment && { segment, ...segment.index.blobs.get(digest as Digest)! };
  }

  run(id: string): SegmentPlace | undefined {
    this.#refresh();
    const segment = this.#runs.first(id);
    return segment && { segment, ...segment.index.runs.get(id)! };
  }

  /** The run that a reference names. */
  ref(space: SegmentRefs, name: string): string | undefined {
    this.#refresh();
    return this.#refs[space].first(name)?.index[space].get(name);
  }

  /** Digests of all blobs, by their first two digits. */
  blobFans(): ReadonlyMap<string, readonly string[]> {
    this.#refresh();
    if (this.#fans !== undefined) return this.#fans;
    const fans = new Map<string, string[]>();
    for (const digest of this.#blobHolders().names()) {
      const fan = digest.slice(0, 2);
      const there = fans.get(fan);
      if (there === undefined) fans.set(fan, [digest]);
      else there.push(digest);
    }
    return (this.#fans = fans);
  }

  runIds(): Iterable<string> {
    this.#refresh();
    return this.#runs.names();
  }

  refNames(space: SegmentRefs): Iterable<string> {
    this.#refresh();
    return this.#refs[space].names();
  }

  /** The live references in a segment. */
  *refsIn(segment: Segment): Generator<{ space: SegmentRefs; name: string; run: string }> {
    for (const space of ['keys', 'scenarios'] as const) {
      for (const [name, run] of segment.index[space])
        if (this.#refs[space].first(name) === segment) yield { space, name, run };
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

  /** Adds a segment written by this process; if it cannot be read now, the next check finds it. */
  add(digest: Digest, index: SegmentIndex): void {
    try {
      const segment = this.#segmentOf(digest, index);
      if (segment !== undefined) segment.isDurable = true;
    } catch {
      this.#mark = '';
      this.#isBehind = true;
    }
  }

  /** Marks a place in segments as dead; false if it is in none. Written by `takeUnwritten` and its caller. */
  bury(path: string): boolean {
    this.#fans = undefined;
    const [holders, name] = this.#holdersOf(path);
    for (const segment of holders.all(name)) {
      segment.dead.add(path);
      this.#unwritten.add(segment);
    }
    return holders.delete(name);
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
    this.#forget(segment);
  }

  #blobHolders(): Holders {
    return (this.#blobs ??= holdersOfBlobs(this.#segments.values()));
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
    for (const { name } of this.#files.list(locate(this.#root, SEGMENTS))) {
      const file = segmentFile(name);
      if (file?.is === 'segment') found.add(file.digest);
      else if (file !== undefined) about.push(file);
    }
    for (const digest of [...this.#segments.keys()]) if (!found.has(digest)) this.drop(digest);
    for (const digest of found) if (!this.#segments.has(digest)) this.#segmentOf(digest);
    for (const file of about) this.#takeDead(file);
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
    const path = locate(this.#root, relative.segment(digest));
    const entry = this.#files.stat(path);
    if (entry?.kind !== 'file') return undefined;
    const read = known === undefined ? this.#read(relative.segment(digest), entry) : { index: known };
    const segment: Segment = {
      digest,
      entry,
      index: read.index,
      isWhole: read.damage === undefined,
      dead: new Set(),
      marks: new Set(),
      deadMark: '',
      isDurable: false,
      keeps: false,
    };
    this.#segments.set(digest, segment);
    this.#remember(segment);
    return segment;
  }

  /** The index, or its known part: an unreadable segment hides no other. */
  #read(name: string, entry: TreeEntry): { readonly index: SegmentIndex; readonly damage?: string } {
    const path = locate(this.#root, name);
    const found = (index: SegmentIndex, damage: string): { index: SegmentIndex; damage: string } => {
      this.#tell(name, damage);
      return { index, damage };
    };
    try {
      const index = readIndex(this.#files, path, entry.size);
      if (index !== undefined) return { index };
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
    if (this.#blobs !== undefined) addBlobs(this.#blobs, segment);
    const isDead = deadIn(segment);
    for (const id of segment.index.runs.keys())
      if (!isDead(() => relative.record('runs', id))) this.#runs.add(id, segment);
    for (const space of ['keys', 'scenarios'] as const) {
      for (const [name, run] of segment.index[space]) {
        // A reference is dead if its run is.
        if (isDead(() => relative.record('runs', run)) || isDead(() => relative.ref(space, name))) continue;
        this.#refs[space].add(name, segment);
      }
    }
  }

  #forget(segment: Segment): void {
    this.#fans = undefined;
    const { runs, keys, scenarios } = segment.index;
    if (this.#blobs !== undefined)
      for (const digest of segment.index.blobs.keys()) this.#blobs.remove(digest, segment);
    for (const id of runs.keys()) this.#runs.remove(id, segment);
    for (const key of keys.keys()) this.#refs.keys.remove(key, segment);
    for (const name of scenarios.keys()) this.#refs.scenarios.remove(name, segment);
  }

  /** Holders of a blob, a record of a run, or a reference by key or name. */
  #holdersOf(path: string): readonly [Holders, string] {
    const parts = path.split('/');
    if (parts[0] === 'blobs') return [this.#blobHolders(), parts.slice(2).join('')];
    if (parts[0] === 'runs') return [this.#runs, parts[1]!.slice(0, -'.json'.length)];
    return [this.#refs[parts[1] as SegmentRefs], parts.slice(2).join('/')];
  }
}

/** Read errors that concern only this file. */
const UNREADABLE = new Set(['EACCES', 'EPERM', 'EIO', 'ELOOP', 'EISDIR', 'EFTYPE', 'ENXIO']);

function sameDate(mtimeMs: number): number {
  return mtimeMs % 1000 === 0 ? SAME_DATE_MS.coarse : SAME_DATE_MS.fine;
}
