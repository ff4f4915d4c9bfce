import { sha256 } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import { recordedRuns, type Lister } from '../disk-reader.js';
import type { DiskStore } from '../disk-store.js';
import { runOfRecordFile, locate, relative } from '../layout.js';
import type { SmallFile } from '../publish/durable-writer.js';
import { BLOB_MODE } from '../publish/stager.js';
import { isRunRecord, parseRefFile, sealRef } from '../record-file.js';
import { SegmentDraft } from '../segments/segment-format.js';
import type { StoreSegments } from '../segments/segmented-tree.js';
import type { Segment } from '../segments/segment.js';
import { onFile, onFileAsync } from '../system-error.js';
import { liveContent, mergeSegments, place, removeSegment, SEGMENT_BYTES, upTo } from './merge-segments.js';
import { blobFiles, refNames } from './walk-tree.js';

/** Maximum of files per turn of exclusive access. */
const TURN = 4096;

export interface PackReport {
  /** Plain files that were moved into segments, or out of them. */
  readonly files: number;
  /** Segments that were merged or unpacked. */
  readonly merged: number;
  /** Segments afterwards. */
  readonly segments: number;
}

type Progress = (files: number) => void;

/**
 * Moves small plain files into segments, and merges small segments. Safe while batches and readers run: a
 * file is removed only when the segment that contains it is durable. Damaged files stay in place.
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
 * Moves all contents of segments into plain files. Safe while batches and readers run, and complete if no
 * batch runs.
 *
 * @throws AetherError STORE_FORMAT for a store without segments, STORE_BLOB_CORRUPT if a segment is damaged,
 * STORE_*
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
  throw new AetherError(
    'STORE_FORMAT',
    `${location} has format 1, without segments; run aether store upgrade first`,
  );
}

function inTurn<T>(store: DiskStore, work: () => Promise<T>): Promise<T> {
  return store.maintenance().lease.exclusively(work);
}

async function mergeSmall(store: DiskStore, { view }: StoreSegments): Promise<number> {
  let merged = 0;
  for (let more = true; more;) {
    await inTurn(store, async () => {
      const small = view
        .segments()
        .filter(({ isWhole, keeps, entry }) => isWhole && !keeps && entry.size <= SEGMENT_BYTES / 2);
      const some = upTo(SEGMENT_BYTES, small);
      more = some.length > 1;
      if (more && (await mergeSegments(store, some))) merged += some.length;
    });
  }
  return merged;
}

/** Paths of all plain blobs, records and references. */
function plainPaths({ files, root }: StoreSegments): readonly string[] {
  const plain: Lister = {
    list: (directory) => onFile('list', directory, () => files.list(locate(root, directory))),
  };
  const blobs = [...blobFiles(plain)].map((digest) => relative.blob(digest));
  const records = recordedRuns(plain).map((id) => relative.record('runs', id));
  const refs = (['keys', 'scenarios'] as const).flatMap((space) =>
    refNames(plain, space).map((name) => relative.ref(space, name)),
  );
  return [...blobs, ...records, ...refs];
}

async function packSome(
  store: DiskStore,
  { files, root, small }: StoreSegments,
  paths: readonly string[],
): Promise<{ readonly looked: number; readonly packed: number }> {
  const draft = new SegmentDraft();
  const packed: string[] = [];
  let looked = 0;
  for (const path of paths) {
    if (draft.bytes > SEGMENT_BYTES) break;
    looked += 1;
    const entry = onFile('look at', path, () => files.stat(locate(root, path)));
    if (entry?.kind !== 'file' || entry.size > small.each) continue;
    const bytes = onFile('read', path, () => files.readRange(locate(root, path), 0, entry.size));
    if (add(draft, path, bytes)) packed.push(path);
  }
  if (packed.length === 0) return { looked, packed: 0 };
  await place(store, draft);
  for (const path of packed) onFile('remove', path, () => files.remove(locate(root, path)));
  return { looked, packed: packed.length };
}

/** False for damaged content. */
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
    const id = runOfRecordFile(second)!;
    if (!isRunRecord(text, id)) return false;
    draft.addRun(id, bytes);
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
  const out: PlainFile[] = [];
  for (const { path, content, isSound } of liveContent(segments, segment)) {
    if (!isSound) {
      const where = `${path} in ${relative.segment(segment.digest)}`;
      const wayOut = 'aether store verify --repair repairs it';
      throw new AetherError('STORE_BLOB_CORRUPT', `${where} is damaged; ${wayOut}`);
    }
    out.push({ path, content, mode: BLOB_MODE });
  }
  // A plain reference is newer than any in a segment.
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
