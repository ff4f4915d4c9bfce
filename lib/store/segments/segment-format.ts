import { parseDigest, sha256, type Digest } from '../../base/digest.js';
import type { TreeFiles } from '../../base/ports.js';
import { type RunId, parseRunId } from '../../base/run-id.js';
import { isStoreName } from '../layout.js';

/** Range of bytes in a segment. */
export interface SegmentSpan {
  /** Offset of the first byte in the file. */
  readonly at: number;
  readonly size: number;
}

/**
 * Contents of one segment. A file is one line with its format, then each blob and each record after a line
 * with kind and size (`blob 120`, `run <id> 900`), each followed by a line end; then the index, one line for
 * each of them with its offset, and one for each reference of a run; then a last line of fixed length with
 * the start of the index, and its SHA-256.
 */
export interface SegmentIndex {
  /** Number of its commit; of two references with one name that of the higher commit is effective. */
  readonly order: number;
  readonly blobs: ReadonlyMap<Digest, SegmentSpan>;
  /** By run id. */
  readonly runs: ReadonlyMap<RunId, SegmentSpan>;
  /** By input key, the id of the run with the reference. */
  readonly keys: ReadonlyMap<string, string>;
  /** By run name, the id of the run with the reference. */
  readonly scenarios: ReadonlyMap<string, string>;
}

/** First word of a segment. */
const SEGMENT_FORMAT = 'aether-segment/1';

/** `index`, twelve digits, a digest. */
const LAST_LINE = /^index (\d{12}) ([0-9a-f]{64})\n$/;
const LAST_LINE_BYTES = 'index '.length + 12 + 1 + 64 + 1;

export interface FinishedSegment {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  readonly index: SegmentIndex;
}

/** A segment under construction. */
export class SegmentDraft {
  readonly #parts: Uint8Array[] = [];
  readonly #blobs = new Map<Digest, SegmentSpan>();
  readonly #runs = new Map<RunId, SegmentSpan>();
  readonly #keys = new Map<string, string>();
  readonly #scenarios = new Map<string, string>();
  #bytes = 0;

  constructor() {
    this.#append(`${SEGMENT_FORMAT}\n`);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Number of references so far. */
  get refs(): number {
    return this.#keys.size + this.#scenarios.size;
  }

  get isEmpty(): boolean {
    return this.#blobs.size + this.#runs.size + this.refs === 0;
  }

  hasBlob(digest: Digest): boolean {
    return this.#blobs.has(digest);
  }

  /** The caller must not change the bytes afterwards. */
  addBlob(digest: Digest, bytes: Uint8Array): void {
    if (!this.#blobs.has(digest)) this.#blobs.set(digest, this.#body('blob', bytes));
  }

  /** The bytes of a record file. */
  addRun(id: RunId, sealed: Uint8Array): void {
    this.#runs.set(id, this.#body(`run ${id}`, sealed));
  }

  /** Adds a reference to a run; the last of several wins. */
  addRef(space: 'keys' | 'scenarios', name: string, run: string): void {
    (space === 'keys' ? this.#keys : this.#scenarios).set(name, run);
  }

  /**
   * The whole file and its SHA-256; call once.
   *
   * @param order number of the commit
   */
  finish(order: number): FinishedSegment {
    const index = {
      order,
      blobs: this.#blobs,
      runs: this.#runs,
      keys: this.#keys,
      scenarios: this.#scenarios,
    };
    const text = indexText(index);
    const at = String(this.#bytes).padStart(12, '0');
    this.#append(text);
    this.#append(`index ${at} ${sha256(text)}\n`);
    const bytes = Buffer.concat(this.#parts, this.#bytes);
    return { bytes, digest: sha256(bytes), index };
  }

  #body(head: string, bytes: Uint8Array): SegmentSpan {
    this.#append(`${head} ${String(bytes.length)}\n`);
    const span = { at: this.#bytes, size: bytes.length };
    this.#append(bytes);
    this.#append('\n');
    return span;
  }

  #append(part: Uint8Array | string): void {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
  }
}

function indexText({ order, blobs, runs, keys, scenarios }: SegmentIndex): string {
  const lines = [`order ${String(order)}`];
  for (const [digest, { at, size }] of blobs) lines.push(`blob ${digest} ${String(at)} ${String(size)}`);
  for (const [id, { at, size }] of runs) lines.push(`run ${id} ${String(at)} ${String(size)}`);
  for (const [key, run] of keys) lines.push(`key ${key} ${run}`);
  for (const [name, run] of scenarios) lines.push(`name ${name} ${run}`);
  return `${lines.join('\n')}\n`;
}

/** The index at the end of a segment; undefined if it is damaged. */
export function readIndex(files: TreeFiles, path: string, size: number): SegmentIndex | undefined {
  const lines = readIndexText(files, path, size);
  return lines === undefined ? undefined : parseIndex(lines);
}

/** The lines of the index at the end of a segment; undefined if they do not match their digest. */
export function readIndexText(files: TreeFiles, path: string, size: number): string | undefined {
  if (size < LAST_LINE_BYTES) return undefined;
  const last = text(files.readRange(path, size - LAST_LINE_BYTES, LAST_LINE_BYTES));
  const [, at = '', digest] = LAST_LINE.exec(last) ?? [];
  const from = Number(at);
  if (digest === undefined || from > size - LAST_LINE_BYTES) return undefined;
  const bytes = files.readRange(path, from, size - LAST_LINE_BYTES - from);
  return sha256(bytes) === digest ? text(bytes) : undefined;
}

/** Most lines are blobs, which come first: they are parsed on the first lookup of a blob. */
function parseIndex(index: string): SegmentIndex | undefined {
  const first = index.indexOf('\n') + 1;
  const end = endOfBlobs(index, first);
  const found = new FoundEntries(index.slice(first, end));
  for (const line of [index.slice(0, first - 1), ...linesOf(index.slice(end))]) {
    const [kind, ...fields] = line.split(' ');
    if (!found.take(kind!, fields)) return undefined;
  }
  return found;
}

/** Position of the first line that is not about a blob; the end if there is none. */
function endOfBlobs(index: string, first: number): number {
  const starts = ['run', 'key', 'name'].map((kind) => index.indexOf(`\n${kind} `, first - 1) + 1);
  return Math.min(index.length, ...starts.filter((at) => at > 0));
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.slice(0, -1).split('\n');
}

/**
 * Contents of a damaged segment that can be found without its index: blobs and records that match their
 * digests. References are lost with the index, and restored from the records.
 */
export function salvage(bytes: Uint8Array, isRecord: (text: string, id: string) => boolean): SegmentIndex {
  const found = new FoundEntries();
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = all.indexOf('\n') + 1; at > 0 && at < all.length;) {
    const end = all.indexOf('\n', at);
    if (end < 0) break;
    const line = all.toString('utf8', at, Math.min(end, at + 256));
    const body = bodyAt(all, line, end + 1);
    if (body !== undefined) found.takeBody(body, isRecord);
    // A line without a size is skipped: scanning continues at the next valid head.
    at = body === undefined ? end + 1 : end + 1 + body.bytes.length + 1;
  }
  return found;
}

interface Body extends SegmentSpan {
  /** Undefined for a blob. */
  readonly id: string | undefined;
  readonly bytes: Buffer;
}

function bodyAt(all: Buffer, head: string, at: number): Body | undefined {
  const [, id, digits] = /^(?:blob|run (\S+)) (\d{1,10})$/.exec(head) ?? [];
  const size = Number(digits ?? NaN);
  if (!(at + size < all.length) || all[at + size] !== 0x0a) return undefined;
  return { id, at, size, bytes: all.subarray(at, at + size) };
}

class FoundEntries implements SegmentIndex {
  order = 0;
  readonly #blobs = new Map<Digest, SegmentSpan>();
  #blobLines: string;
  readonly runs = new Map<RunId, SegmentSpan>();
  readonly keys = new Map<string, string>();
  readonly scenarios = new Map<string, string>();

  /** @param blobLines lines that are known to be valid, all or most of them blobs */
  constructor(blobLines = '') {
    this.#blobLines = blobLines;
  }

  get blobs(): ReadonlyMap<Digest, SegmentSpan> {
    for (const line of linesOf(this.#blobLines)) {
      const [kind, ...fields] = line.split(' ');
      this.take(kind!, fields);
    }
    this.#blobLines = '';
    return this.#blobs;
  }

  /** False for a line that the format does not have. */
  take(kind: string, fields: readonly string[]): boolean {
    const [first = '', second = '', third = ''] = fields;
    if (kind === 'order') this.order = Number(first);
    else if (kind === 'blob')
      this.#blobs.set(parseDigest(first)!, { at: Number(second), size: Number(third) });
    else if (kind === 'run') return this.#takeRun(first, { at: Number(second), size: Number(third) });
    else if (kind === 'key') this.keys.set(first, second);
    else if (kind === 'name') this.scenarios.set(first, second);
    else return false;
    return true;
  }

  #takeRun(text: string, span: SegmentSpan): boolean {
    const id = parseRunId(text);
    if (id !== undefined) this.runs.set(id, span);
    return id !== undefined;
  }

  takeBody({ id, at, size, bytes }: Body, isRecord: (text: string, id: string) => boolean): void {
    if (id === undefined) this.#blobs.set(sha256(bytes), { at, size });
    else if (isStoreName(id) && isRecord(bytes.toString('utf8'), id)) this.#takeRun(id, { at, size });
  }
}

/** Index of an unreadable segment. */
export const NO_INDEX: SegmentIndex = new FoundEntries();

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
