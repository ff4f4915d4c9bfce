import type { Digest } from '../../base/digest.js';
import { byCodeUnit } from '../../base/code-units.js';
import { errorCode } from '../../base/errors.js';
import type { TreeEntry, TreeFiles, TreeName } from '../../base/ports.js';
import { digestOfBlobFile, idOfRecordFile, relative, SEGMENTS } from '../layout.js';
import { sealRef } from '../record-file.js';
import { markGone, writeDead } from './dead-places.js';
import { PlainNames } from './plain-names.js';
import { ReadAhead } from './read-ahead.js';
import type { SegmentParts } from './segment-writer.js';
import type { SegmentView } from './segment-view.js';
import type { SegmentPlace } from './segment.js';

/** Location of a path of a store in segments. */
type Place =
  | { readonly in: 'blobs'; readonly key: string }
  | { readonly in: 'runs'; readonly key: string }
  | { readonly in: 'keys' | 'scenarios'; readonly key: string };

/**
 * The file tree of a store with the contents of segments as plain files: small blobs, run records and
 * references in segments are read like plain files. A plain file at the same path takes precedence, because
 * it was written later. Removing or renaming a path in a segment makes it dead, which is durable once its
 * directory is synced.
 */
export class SegmentedFiles implements TreeFiles {
  readonly #files: TreeFiles;
  readonly #root: string;
  readonly #view: SegmentView;
  readonly #parts: SegmentParts;
  readonly #plain: PlainNames;
  readonly #ahead: ReadAhead;

  constructor(parts: SegmentParts) {
    const { root, files, view } = (this.#parts = parts);
    this.#root = `${root}/`;
    this.#files = files;
    this.#view = view;
    const plain = (this.#plain = new PlainNames(root, files));
    this.#ahead = new ReadAhead((path, from, length) => files.readRange(path, from, length));
    view.onHold = (): void => {
      plain.renew();
    };
  }

  realPath(path: string): string {
    return this.#files.realPath(path);
  }

  stat(path: string): TreeEntry | undefined {
    const place = this.#place(path);
    // Blobs and records are immutable, so the disk need not be checked.
    if (place?.in === 'blobs' || place?.in === 'runs')
      return this.#found(place, entryOf) ?? this.#plainStat(path);
    const plain = this.#plainStat(path);
    if (plain !== undefined || place === undefined) return plain;
    const run = this.#view.ref(place.in, place.key);
    return run === undefined ? undefined : { kind: 'file', size: sealRef(run).length, mtimeMs: 0, ino: 0 };
  }

  #plainStat(path: string): TreeEntry | undefined {
    return this.#mayBePlain(path) ? this.#files.stat(path) : undefined;
  }

  #mayBePlain(path: string): boolean {
    const place = this.#relative(path);
    return !this.#view.isStill || place === undefined || !isShared(place) || this.#plain.mayHave(place);
  }

  /** True if the store certainly has no blob with the digest: neither in a segment nor plain. */
  lacksBlob(digest: Digest): boolean {
    if (!this.#view.isHeld || this.#view.blob(digest) !== undefined) return false;
    return !this.#plain.mayHave(relative.blob(digest));
  }

  /** The run that a reference names, if certainly no plain file has the reference; undefined without one, or if unsure. */
  refInSegment(space: 'keys' | 'scenarios', name: string): string | undefined {
    if (!this.#view.isStill || this.#plain.mayHave(relative.ref(space, name))) return undefined;
    return this.#view.ref(space, name);
  }

  /** The bytes of the record of a run; undefined if no segment contains it. */
  recordInSegment(id: string): Uint8Array | undefined {
    return this.#read({ in: 'runs', key: id });
  }

  /** True if a plain file exists at a path of the store. */
  isPlain(path: string): boolean {
    return this.#plainStat(this.#root + path) !== undefined;
  }

  list(path: string): readonly TreeName[] {
    const plain = this.#files.list(path);
    const inside = this.#namesIn(path);
    if (inside === undefined) return plain;
    const names = new Map(plain.map((entry) => [entry.name, entry]));
    for (const entry of inside) if (!names.has(entry.name)) names.set(entry.name, entry);
    return [...names.values()].sort((a, b) => byCodeUnit(a.name, b.name));
  }

  eachName(path: string, use: (name: string) => void): void {
    const inside = this.#namesIn(path);
    if (inside === undefined) this.#files.eachName(path, use);
    else for (const { name } of this.list(path)) use(name);
  }

  makeDirectory(path: string): boolean {
    this.#note(path);
    return this.#files.makeDirectory(path);
  }

  makeDirectories(path: string): Promise<void> {
    return this.#files.makeDirectories(path);
  }

  create(path: string, bytes: Uint8Array | string, mode: number): void {
    this.#files.create(path, bytes, mode);
  }

  readText(path: string): string | undefined {
    const place = this.#place(path);
    if (place === undefined) return this.#files.readText(path);
    if (place.in === 'keys' || place.in === 'scenarios') {
      const plain = this.#mayBePlain(path) ? this.#files.readText(path) : undefined;
      const run = plain === undefined ? this.#view.ref(place.in, place.key) : undefined;
      return run === undefined ? plain : sealRef(run);
    }
    const bytes = this.#read(place);
    return bytes === undefined ? this.#files.readText(path) : textOf(bytes);
  }

  async readBytes(path: string): Promise<Uint8Array> {
    const place = this.#place(path);
    const bytes = place && this.#read(place);
    if (bytes !== undefined) return bytes;
    return this.#files.readBytes(path);
  }

  readRange(path: string, from: number, length: number): Uint8Array {
    const place = this.#place(path);
    const bytes = place && this.#read(place);
    return bytes?.subarray(from, from + length) ?? this.#files.readRange(path, from, length);
  }

  readInto(path: string, from: number, into: Uint8Array): Uint8Array {
    const place = this.#place(path);
    const bytes = (place && this.#read(place))?.subarray(from, from + into.length);
    if (bytes === undefined) return this.#files.readInto(path, from, into);
    into.set(bytes);
    return into.subarray(0, bytes.length);
  }

  readPieces(path: string, use: (piece: Uint8Array) => void): void {
    const place = this.#place(path);
    const bytes = place && this.#read(place);
    if (bytes === undefined) this.#files.readPieces(path, use);
    else if (bytes.length > 0) use(bytes);
  }

  link(from: string, to: string): void {
    const place = this.#place(to);
    if (place !== undefined && this.#bytesAt(place) !== undefined)
      throw Object.assign(new Error(`EEXIST: ${to} lies in a segment`), { code: 'EEXIST' });
    this.#note(to);
    this.#files.link(from, to);
  }

  rename(from: string, to: string): void {
    this.#note(to);
    const place = this.#place(from);
    const bytes = place && this.#read(place);
    if (bytes === undefined) this.#files.rename(from, to);
    else {
      this.#files.create(to, bytes, 0o444);
      this.#view.bury(this.#relative(from)!);
    }
    // A replaced blob or record takes precedence over the one in a segment.
    const target = this.#place(to);
    if (target?.in === 'blobs' || target?.in === 'runs') this.#view.bury(this.#relative(to)!);
  }

  remove(path: string): boolean {
    const place = this.#place(path);
    if (place === undefined) return this.#files.remove(path);
    const wasInside = this.#view.bury(this.#relative(path)!);
    const isPlain = this.#plainStat(path) !== undefined;
    return (isPlain && this.#files.remove(path)) || wasInside;
  }

  removeDirectory(path: string): boolean {
    return this.#files.removeDirectory(path);
  }

  touch(path: string): void {
    this.#files.touch(path);
  }

  async sync(path: string): Promise<void> {
    await this.syncsNames(path);
  }

  async syncsNames(path: string): Promise<boolean> {
    const place = this.#place(path);
    const found = place && this.#bytesAt(place);
    if (found !== undefined) return this.#settle(found);
    await this.writeDown();
    if (isShared(this.#relative(path) ?? '') && this.#files.stat(path) === undefined) return true;
    return this.#files.syncsNames(path);
  }

  /** Writes the dead places of segments durably; on a full disk, only the removed runs. */
  async writeDown(): Promise<void> {
    for (const segment of this.#view.takeUnwritten()) {
      try {
        await writeDead(this.#parts, segment);
      } catch (error) {
        this.#view.owe(segment);
        if (errorCode(error) !== 'STORE_FULL') throw error;
        await markGone(this.#parts, segment);
      }
    }
  }

  /** A killed writer may not have synced the name of its segment. */
  async #settle({ segment }: SegmentPlace): Promise<boolean> {
    if (segment.isDurable) return true;
    await this.#files.sync(this.#root + relative.segment(segment.digest));
    const synced = await this.#files.syncsNames(this.#root + SEGMENTS);
    segment.isDurable = true;
    return synced;
  }

  /** The whole content; undefined if no segment contains it. */
  #read(place: Place): Uint8Array | undefined {
    return this.#found(place, ({ segment, at, size }) => {
      const path = this.#root + relative.segment(segment.digest);
      const isOneOfMany = place.in === 'runs' && this.#view.keepsStill;
      return isOneOfMany ? this.#ahead.piece(path, at, size) : this.#files.readRange(path, at, size);
    });
  }

  /** Uses a place in a segment; undefined if no segment contains it. */
  #found<T>(place: Place, use: (found: SegmentPlace) => T): T | undefined {
    return this.#view.despiteGc(() => {
      const found = this.#bytesAt(place);
      return found === undefined ? undefined : use(found);
    });
  }

  #bytesAt(place: Place): SegmentPlace | undefined {
    if (place.in === 'blobs') return this.#view.blob(place.key);
    return place.in === 'runs' ? this.#view.run(place.key) : undefined;
  }

  #relative(path: string): string | undefined {
    return path.startsWith(this.#root) ? path.slice(this.#root.length) : undefined;
  }

  #place(path: string): Place | undefined {
    const [top, second = '', third = '', fourth] = this.#relative(path)?.split('/') ?? [];
    if (top === 'runs' && third === '') {
      const id = idOfRecordFile(second);
      return id === undefined ? undefined : { in: 'runs', key: id };
    }
    if (top === 'refs' && third !== '' && (second === 'keys' || second === 'scenarios'))
      return { in: second, key: third };
    if (top !== 'blobs' || fourth === undefined) return undefined;
    const digest = digestOfBlobFile(third, fourth);
    return digest === undefined ? undefined : { in: 'blobs', key: digest };
  }

  #note(path: string): void {
    const place = this.#relative(path);
    if (place !== undefined) this.#plain.note(place);
  }

  /** Names in a directory that come from segments; undefined if there are none. */
  #namesIn(path: string): TreeName[] | undefined {
    const directory = this.#relative(path);
    const file = (name: string): TreeName => ({ name, kind: 'file' });
    if (directory === 'runs') return [...this.#view.runIds()].map((id) => file(`${id}.json`));
    if (directory === 'refs/keys') return [...this.#view.refNames('keys')].map(file);
    if (directory === 'refs/scenarios') return [...this.#view.refNames('scenarios')].map(file);
    if (directory === 'blobs/sha256')
      return [...this.#view.blobFans().keys()].map((name) => ({ name, kind: 'directory' }));
    if (directory?.startsWith('blobs/sha256/') !== true) return undefined;
    const fan = this.#view.blobFans().get(directory.slice('blobs/sha256/'.length)) ?? [];
    return fan.map((digest) => file(digest.slice(2)));
  }
}

/** True for a directory whose contents may also be in segments, and for its entries. */
function isShared(path: string): boolean {
  return SHARED.test(path);
}

const SHARED = /^(?:runs|refs\/keys|refs\/scenarios|blobs\/sha256)(?:\/|$)/;

function entryOf({ segment, size }: SegmentPlace): TreeEntry {
  return { kind: 'file', size, mtimeMs: segment.entry.mtimeMs, ino: segment.entry.ino };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
