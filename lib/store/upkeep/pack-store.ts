import { sha256 } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { DiskStore } from '../disk-store.js';
import { idOfRecordFile, isStoreName, locate, relative } from '../layout.js';
import type { SmallFile } from '../publish/durable-writer.js';
import { BLOB_MODE } from '../publish/stager.js';
import { isRunRecord, parseRefFile, sealRef } from '../record-file.js';
import { SegmentDraft, type SegmentSpan } from '../segments/segment-format.js';
import { SMALL_BLOBS } from '../segments/segment-writer.js';
import type { StoreSegments } from '../segments/segmented-tree.js';
import type { Segment } from '../segments/segment-view.js';
import { onFile, onFileAsync } from '../system-error.js';
import { copyLive, place, removeSegment, SEGMENT_BYTES, upTo } from './merge-segments.js';
import { blobFiles } from './walk-tree.js';

/** Files that one turn looks at, with the tree for itself. */
const TURN = 4096;

export interface PackReport {
  /** Plain files that moved into segments, or out of them. */
  readonly files: number;
  /** Segments that were made into others, or taken apart. */
  readonly merged: number;
  /** Segments there are now. */
  readonly segments: number;
}

type Progress = (files: number) => void;

/**
 * Moves small plain files into segments, and makes few large segments of many small ones. Safe beside running batches
 * and readers: a file goes only when the segment that holds it is durable. What is damaged stays where it is.
 *
 * @throws AetherError STORE_FORMAT for a store without segments, STORE_*
 */
export async function packStore(store: DiskStore, onProgress: Progress): Promise<PackReport> {
  const segments = segmentsOf(store);
  const merged = await mergeSmall(store, segments);
  const plain = plainPaths(segments);
  let files = 0;
  for (let from = 0; from < plain.length;) {
    const turn = await inTurn(store, () => packSome(store, segments, plain.slice(from, from + TURN)));
    from += turn.looked;
    files += turn.packed;
    onProgress(files);
  }
  return { files, merged, segments: segments.view.segments().length };
}

/**
 * Makes plain files of all that lies in segments. Safe beside running batches and readers, and complete where no batch
 * runs.
 *
 * @throws AetherError STORE_FORMAT for a store without segments, STORE_BLOB_CORRUPT where a segment is damaged, STORE_*
 */
export async function unpackStore(store: DiskStore, onProgress: Progress): Promise<PackReport> {
  const segments = segmentsOf(store);
  let files = 0;
  let merged = 0;
  for (const segment of segments.view.segments()) {
    files += await inTurn(store, () => unpack(store, segments, segment));
    merged += 1;
    onProgress(files);
  }
  return { files, merged, segments: segments.view.segments().length };
}

function segmentsOf({ reader, location }: DiskStore): StoreSegments {
  if (reader.segments !== undefined) return reader.segments;
  throw new AetherError('STORE_FORMAT', `${location} has no segments; aether store upgrade gives it some`);
}

function inTurn<T>(store: DiskStore, work: () => Promise<T>): Promise<T> {
  return store.maintenance().lease.exclusively(work);
}

async function mergeSmall(store: DiskStore, { view }: StoreSegments): Promise<number> {
  let merged = 0;
  const tried = new Set<string>();
  for (;;) {
    const count = await inTurn(store, async () => {
      const small = view
        .segments()
        .filter(
          ({ digest, isWhole, entry }) => isWhole && entry.size <= SEGMENT_BYTES / 2 && !tried.has(digest),
        );
      const some = upTo(SEGMENT_BYTES, small);
      if (some.length < 2) return 0;
      if (await copyLive(store, some, { evenDamaged: false }))
        for (const segment of some) await removeSegment(store, segment);
      else for (const { digest } of some) tried.add(digest);
      return some.length;
    });
    if (count === 0) return merged;
    merged += count;
  }
}

/** Paths of all plain blobs, records and references; of blobs only those that are small. */
function plainPaths({ files, root }: StoreSegments): readonly string[] {
  const list = (directory: string): readonly string[] =>
    onFile('list', directory, () => files.list(locate(root, directory))).map(({ name }) => name);
  const lister = { list: (directory: string) => files.list(locate(root, directory)) };
  const blobs = [...blobFiles(lister)].map((digest) => relative.blob(digest));
  const records = list('runs').filter((name) => idOfRecordFile(name) !== undefined);
  const refs = (['keys', 'scenarios'] as const).flatMap((space) =>
    list(`refs/${space}`)
      .filter(isStoreName)
      .map((name) => relative.ref(space, name)),
  );
  return [...blobs, ...records.map((name) => `runs/${name}`), ...refs];
}

async function packSome(
  store: DiskStore,
  { files, root }: StoreSegments,
  paths: readonly string[],
): Promise<{ readonly looked: number; readonly packed: number }> {
  const draft = new SegmentDraft();
  const packed: string[] = [];
  let looked = 0;
  for (const path of paths) {
    if (draft.bytes > SEGMENT_BYTES) break;
    looked += 1;
    const entry = onFile('look at', path, () => files.stat(locate(root, path)));
    if (entry?.kind !== 'file' || entry.size > SMALL_BLOBS.each) continue;
    const bytes = onFile('read', path, () => files.readRange(locate(root, path), 0, entry.size));
    if (add(draft, path, bytes)) packed.push(path);
  }
  if (packed.length === 0) return { looked, packed: 0 };
  await place(store, draft);
  for (const path of packed) onFile('remove', path, () => files.remove(locate(root, path)));
  return { looked, packed: packed.length };
}

/** False for what is damaged. */
function add(draft: SegmentDraft, path: string, bytes: Uint8Array): boolean {
  const [top, second = '', ...rest] = path.split('/');
  if (top === 'blobs') {
    const digest = sha256(bytes);
    if (relative.blob(digest) !== path) return false;
    draft.addBlob(digest, bytes);
    return true;
  }
  const text = Buffer.from(bytes).toString('utf8');
  if (top === 'runs') {
    const id = idOfRecordFile(second)!;
    if (!isRunRecord(text, id)) return false;
    draft.addRun(id, text);
    return true;
  }
  const run = parseRefFile(text);
  if (run === undefined) return false;
  draft.addRef(second === 'keys' ? 'keys' : 'scenarios', rest.join('/'), run);
  return true;
}

type PlainFile = Omit<SmallFile, 'fail' | 'onTaken'>;

async function unpack(store: DiskStore, segments: StoreSegments, segment: Segment): Promise<number> {
  const { files, root, view } = segments;
  if (!view.segments().includes(segment)) return 0;
  const path = relative.segment(segment.digest);
  const all = onFile('read', path, () => files.readRange(locate(root, path), 0, segment.entry.size));
  const bytesOf = ({ at, size }: SegmentSpan): Uint8Array => all.subarray(at, at + size);
  const out: PlainFile[] = [];
  const damaged = (what: string): AetherError =>
    new AetherError(
      'STORE_BLOB_CORRUPT',
      `${what} in ${path} is damaged; aether store verify --repair mends it`,
    );
  for (const [digest, span] of segment.index.blobs) {
    const to = relative.blob(digest);
    if (segment.dead.has(to)) continue;
    if (sha256(bytesOf(span)) !== digest) throw damaged(digest);
    out.push({ path: to, content: bytesOf(span), mode: BLOB_MODE });
  }
  for (const [id, span] of segment.index.runs) {
    const to = relative.record('runs', id);
    if (segment.dead.has(to)) continue;
    if (!isRunRecord(Buffer.from(bytesOf(span)).toString('utf8'), id)) throw damaged(`the record of ${id}`);
    out.push({ path: to, content: bytesOf(span), mode: BLOB_MODE });
  }
  // A plain reference came later than any in a segment.
  for (const { space, name, run } of view.refsIn(segment))
    out.push({ path: relative.ref(space, name), content: sealRef(run), mode: 0o644 });
  const missing = out.filter((file) => files.stat(locate(root, file.path)) === undefined);
  await writeAll(segments, missing);
  await removeSegment(store, segment);
  return missing.length;
}

async function writeAll({ files, root, writer }: StoreSegments, out: readonly PlainFile[]): Promise<void> {
  const fans = new Set<string>();
  for (const { path } of out)
    if (path.startsWith(`${BLOBS}/`)) fans.add(path.slice(0, path.lastIndexOf('/')));
  for (const fan of fans) onFile('create', fan, () => files.makeDirectory(locate(root, fan)));
  if (fans.size > 0) await onFileAsync('sync', BLOBS, () => files.sync(locate(root, BLOBS)));
  let failure: Error | undefined;
  await writer.write(out.map((file) => ({ ...file, fail: (error: Error) => (failure ??= error) })));
  if (failure !== undefined) throw failure;
}

const BLOBS = 'blobs/sha256';
