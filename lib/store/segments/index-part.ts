import { sha256, type Digest } from '../../base/digest.js';
import { errorCode } from '../../base/errors.js';
import type { TreeFiles } from '../../base/ports.js';

/** Kinds of names in a segment. */
export type NameKind = 'blobs' | 'runs' | 'keys' | 'scenarios';

/** A segment as a part of the index describes it. */
export interface CoveredSegment {
  readonly digest: Digest;
  /** Number of its commit. */
  readonly order: number;
  /** Number of its runs. */
  readonly runs: number;
  /** Lowest and highest place of its runs in the order of arrival; -1 without runs. */
  readonly first: number;
  readonly last: number;
  /** True if a run id in it does not have the usual form, so that no text is certainly no prefix of it. */
  readonly hasOtherIds: boolean;
}

/** First word of a part; the number changes with its form. */
const PART_FORMAT = 'aether-index/1';
const FIRST_LINE = new RegExp(`^${PART_FORMAT} (\\d{1,12}) ([0-9a-f]{64})\\n`);

/** An entry is a slot, the first 32 bits of a hash, times this, plus the number of a segment. */
const SEGMENTS_MAX = 2 ** 21;
/** Entries that are read and verified together: 32 KiB. */
const BLOCK_ENTRIES = 4096;
const ENTRY_BYTES = 8;
const SUM_DIGITS = 16;

interface Rows {
  readonly at: number;
  readonly size: number;
  readonly sum: string;
}

interface PartHeader {
  readonly entries: number;
  /** First entry of each block, and its checksum. */
  readonly blocks: readonly (readonly [first: number, sum: string])[];
  readonly segments: readonly (CoveredSegment & { readonly rows: Rows })[];
}

/** Names of a segment by kind. */
export type NamesIn = Readonly<Record<NameKind, { readonly size: number; keys(): Iterable<string> }>>;

/** Number of names of a segment. */
function namesIn(index: NamesIn): number {
  return index.blobs.size + index.runs.size + index.keys.size + index.scenarios.size;
}

/** Where names of a kind are sorted: different kinds take different digits of digests. */
function slotOf(kind: NameKind, name: string): number {
  if (kind === 'blobs') return Number.parseInt(name.slice(0, 8), 16);
  if (kind === 'keys') return Number.parseInt(name.slice(8, 16), 16);
  return Number.parseInt(sha256(`${kind} ${name}`).slice(0, 8), 16);
}

function addEntries(index: NamesIn, number: number, entries: Float64Array, from: number): number {
  let at = from;
  for (const kind of ['blobs', 'runs', 'keys', 'scenarios'] as const)
    for (const name of index[kind].keys()) entries[at++] = slotOf(kind, name) * SEGMENTS_MAX + number;
  return at;
}

/** The entries of segments that the index of the store does not have yet, in memory. */
export class UnsavedPart {
  readonly segments: Digest[] = [];
  readonly #has = new Set<Digest>();
  #entries = new Float64Array(1024);
  #length = 0;
  #isSorted = true;

  get entries(): number {
    return this.#length;
  }

  add(digest: Digest, index: NamesIn): void {
    const length = this.#length + namesIn(index);
    if (length > this.#entries.length) {
      const larger = new Float64Array(2 * length);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    this.#length = addEntries(index, this.segments.length, this.#entries, this.#length);
    this.segments.push(digest);
    this.#has.add(digest);
    this.#isSorted = false;
  }

  has(digest: Digest): boolean {
    return this.#has.has(digest);
  }

  /** The entries in their order. */
  sorted(): Float64Array {
    const entries = this.#entries.subarray(0, this.#length);
    if (!this.#isSorted) entries.sort();
    this.#isSorted = true;
    return entries;
  }

  /** Digests of the segments that may contain a name. */
  candidates(kind: NameKind, name: string): readonly Digest[] {
    const entries = this.sorted();
    const low = slotOf(kind, name) * SEGMENTS_MAX;
    const found: Digest[] = [];
    for (let at = firstFrom(entries, low); at < entries.length; at++) {
      const segment = entries[at]! - low;
      if (segment >= SEGMENTS_MAX) break;
      found.push(this.segments[segment]!);
    }
    return found;
  }
}

/** Content of a part of the index that is not written yet. */
export interface PartDraft {
  readonly segments: readonly CoveredSegment[];
  /** Rows of each segment, as bytes. */
  readonly rows: readonly Uint8Array[];
  /** Sorted. */
  readonly entries: Float64Array;
}

/** The bytes of a part: a line with the size and digest of its header, the header, entries, rows. */
export function partBytes({ segments, rows, entries }: PartDraft): readonly Uint8Array[] {
  const all = Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength);
  const blocks = Array.from({ length: Math.ceil(entries.length / BLOCK_ENTRIES) }, (_, n) => {
    const from = n * BLOCK_ENTRIES;
    const bytes = all.subarray(from * ENTRY_BYTES, (from + BLOCK_ENTRIES) * ENTRY_BYTES);
    return [entries[from]!, sumOf(bytes)] as const;
  });
  let at = all.length;
  const described = segments.map((segment, number) => {
    const bytes = rows[number]!;
    const place = { at, size: bytes.length, sum: sumOf(bytes) };
    at += bytes.length;
    return { ...segment, rows: place };
  });
  const header: PartHeader = { entries: entries.length, blocks, segments: described };
  const text = Buffer.from(JSON.stringify(header));
  return [Buffer.from(`${PART_FORMAT} ${String(text.length)} ${sha256(text)}\n`), text, all, ...rows];
}

function sumOf(bytes: Uint8Array): string {
  return sha256(bytes).slice(0, SUM_DIGITS);
}

/** A part is not readable: it was removed, merged into another one, or damaged. */
export class PartLost extends Error {
  override readonly name = 'PartLost';

  constructor(readonly part: IndexPart) {
    super(`${part.path} cannot be read`);
  }
}

/** Blocks of entries in memory by number, of one part. */
type Blocks = (Float64Array | undefined)[];

/** Bounds the number of blocks that all parts of an index have in memory: a further one replaces the oldest. */
export class BlockKeep {
  readonly #limit: number;
  readonly #kept: { readonly blocks: Blocks; readonly number: number }[] = [];
  /** Place of the oldest once the limit is reached. */
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  keep(blocks: Blocks, number: number, entries: Float64Array): void {
    blocks[number] = entries;
    const oldest = this.#kept[this.#next];
    if (oldest !== undefined) oldest.blocks[oldest.number] = undefined;
    this.#kept[this.#next] = { blocks, number };
    this.#next = (this.#next + 1) % this.#limit;
  }
}

/**
 * A part of the index of a store, a file in `cache/` that never changes: which of its segments may contain a name, and a
 * row for each run. Everything is verified when it is read; whether a segment really contains a name, its own index
 * decides.
 */
export class IndexPart {
  readonly path: string;
  readonly #files: TreeFiles;
  readonly #header: PartHeader;
  readonly #from: number;
  /** Of the segments; made when rows are first read. */
  #numbers: ReadonlyMap<Digest, number> | undefined;
  readonly #blocks: Blocks = [];
  readonly #keep: BlockKeep;

  /** Undefined for a file that is not an intact part. */
  static open(files: TreeFiles, path: string, keep: BlockKeep): IndexPart | undefined {
    try {
      const start = Buffer.from(files.readRange(path, 0, 128)).toString('latin1');
      const [line = '', size, digest] = FIRST_LINE.exec(start) ?? [];
      const text = size === undefined ? undefined : files.readRange(path, line.length, Number(size));
      if (text === undefined || sha256(text) !== digest) return undefined;
      const header = JSON.parse(Buffer.from(text).toString('utf8')) as PartHeader;
      return new IndexPart({ files, path, header, from: line.length + text.length, keep });
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return undefined;
    }
  }

  private constructor(is: {
    readonly files: TreeFiles;
    readonly path: string;
    readonly header: PartHeader;
    readonly from: number;
    readonly keep: BlockKeep;
  }) {
    this.path = is.path;
    this.#files = is.files;
    this.#header = is.header;
    this.#from = is.from;
    this.#keep = is.keep;
  }

  get segments(): readonly CoveredSegment[] {
    return this.#header.segments;
  }

  /** Number of names in it. */
  get entries(): number {
    return this.#header.entries;
  }

  /** Digests of the segments that may contain a name. @throws PartLost */
  candidates(kind: NameKind, name: string): readonly Digest[] {
    const { blocks, segments } = this.#header;
    const low = slotOf(kind, name) * SEGMENTS_MAX;
    const found: Digest[] = [];
    for (let block = Math.max(0, lastBelow(blocks, low)); block < blocks.length; block++) {
      const entries = this.#block(block);
      for (let at = firstFrom(entries, low); at < entries.length; at++) {
        const segment = entries[at]! - low;
        if (segment >= SEGMENTS_MAX) return found;
        found.push(segments[segment]!.digest);
      }
    }
    return found;
  }

  /** The rows of a segment, as lines of JSON. @throws PartLost */
  rows(digest: Digest): readonly string[] {
    const text = this.rowBytes(digest).toString('utf8');
    return text === '' ? [] : text.slice(0, -1).split('\n');
  }

  /** @throws PartLost */
  rowBytes(digest: Digest): Buffer {
    this.#numbers ??= new Map(this.#header.segments.map((segment, number) => [segment.digest, number]));
    const { at, size, sum } = this.#header.segments[this.#numbers.get(digest)!]!.rows;
    return this.#read(at, size, sum);
  }

  /** All entries, with the numbers of other segments; those without one are omitted. @throws PartLost */
  renumbered(numbers: ReadonlyMap<Digest, number>): Float64Array {
    const { entries, segments, blocks } = this.#header;
    const to = segments.map(({ digest }) => numbers.get(digest) ?? -1);
    const out = new Float64Array(entries);
    let length = 0;
    for (const [number] of blocks.entries()) {
      for (const entry of this.#block(number)) {
        const slot = Math.floor(entry / SEGMENTS_MAX);
        const segment = to[entry - slot * SEGMENTS_MAX]!;
        if (segment >= 0) out[length++] = slot * SEGMENTS_MAX + segment;
      }
    }
    return out.subarray(0, length);
  }

  #block(number: number): Float64Array {
    const kept = this.#blocks[number];
    if (kept !== undefined) return kept;
    const [first, sum] = this.#header.blocks[number]!;
    const count = Math.min(BLOCK_ENTRIES, this.#header.entries - number * BLOCK_ENTRIES);
    const entries = new Float64Array(count);
    const at = number * BLOCK_ENTRIES * ENTRY_BYTES;
    new Uint8Array(entries.buffer).set(this.#read(at, count * ENTRY_BYTES, sum));
    // Written on a machine with another order of bytes.
    if (entries[0] !== first) throw new PartLost(this);
    this.#keep.keep(this.#blocks, number, entries);
    return entries;
  }

  #read(at: number, size: number, sum: string): Buffer {
    try {
      const bytes = this.#files.readRange(this.path, this.#from + at, size);
      if (sumOf(bytes) === sum) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
    }
    throw new PartLost(this);
  }
}

/** Number of the last block whose first entry is below a value; -1 without one. */
function lastBelow(blocks: PartHeader['blocks'], value: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (blocks[middle]![0] < value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Number of the first of sorted entries that is at least a value. */
function firstFrom(entries: Float64Array, value: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
