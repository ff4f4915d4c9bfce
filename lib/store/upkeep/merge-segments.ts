import { sha256, type Digest } from '../../base/digest.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskStore } from '../disk-store.js';
import { locate, relative, SEGMENTS } from '../layout.js';
import { isRunRecord } from '../record-file.js';
import { SegmentDraft, type SegmentSpan } from '../segments/segment-format.js';
import { placeSegment } from '../segments/segment-writer.js';
import type { StoreSegments } from '../segments/segmented-tree.js';
import type { Segment } from '../segments/segment.js';
import { onFile, onFileAsync } from '../system-error.js';

/** Maximum size of a merged segment in bytes. */
export const SEGMENT_BYTES = 64 * 1024 * 1024;

/** The first segments whose live bytes together do not exceed `bytes`; at least one if there is any. */
export function upTo(bytes: number, segments: readonly Segment[]): readonly Segment[] {
  let left = bytes;
  const end = segments.findIndex((segment, n) => n > 0 && (left -= liveBytes(segment)) < 0);
  return end < 0 ? segments : segments.slice(0, end);
}

/**
 * Copies the live contents of segments into one new segment; call it with exclusive access. Contents that do
 * not match their digest are omitted, or, if that is not wanted, no segment is made. The old segments stay
 * until `removeSegment`.
 *
 * @returns true if everything was intact
 * @throws AetherError STORE_* when the new segment cannot be made durable
 */
export async function copyLive(
  store: DiskStore,
  old: readonly Segment[],
  { evenDamaged }: { readonly evenDamaged: boolean },
): Promise<boolean> {
  const segments = store.reader.segments!;
  const draft = new SegmentDraft();
  let isWhole = true;
  for (const segment of old) isWhole = addLive(segments, draft, segment) && isWhole;
  if (!draft.isEmpty && (isWhole || evenDamaged)) await place(store, draft);
  return isWhole;
}

/**
 * Merges segments into one; call it with exclusive access. If any content is damaged, the segments stay
 * unchanged, as evidence.
 *
 * @returns false if they stay
 */
export async function mergeSegments(store: DiskStore, some: readonly Segment[]): Promise<boolean> {
  const isWhole = await copyLive(store, some, { evenDamaged: false });
  for (const segment of some) {
    if (isWhole) await removeSegment(store, segment);
    else segment.keeps = true;
  }
  return isWhole;
}

/** Writes a draft as a segment. @throws AetherError STORE_* */
export async function place(store: DiskStore, draft: SegmentDraft): Promise<void> {
  const placed = await placeSegment(store.reader.segments!, draft, store.maintenance().commit());
  if (placed.is !== 'durable') throw placed.error;
}

/** Removes a segment and its list of dead places; another segment holds its live contents. */
export async function removeSegment({ reader }: DiskStore, { digest }: Segment): Promise<void> {
  const { files, root, view } = reader.segments!;
  for (const path of [relative.segment(digest), relative.deadOf(digest)])
    onFile('remove', path, () => files.remove(locate(root, path)));
  view.drop(digest);
  await onFileAsync('sync', SEGMENTS, () => files.sync(locate(root, SEGMENTS)));
}

/** Size of the live blobs and records in a segment. */
export function liveBytes(segment: Segment): number {
  let bytes = 0;
  for (const [, { size }] of live(segment.index.blobs, segment, relative.blob)) bytes += size;
  for (const [, { size }] of live(segment.index.runs, segment, recordPath)) bytes += size;
  return bytes;
}

function recordPath(id: string): string {
  return relative.record('runs', id);
}

function* live<Key extends string>(
  spans: ReadonlyMap<Key, SegmentSpan>,
  { dead }: Segment,
  pathOf: (key: Key) => string,
): Generator<[Key, SegmentSpan]> {
  for (const [key, span] of spans) if (!dead.has(pathOf(key))) yield [key, span];
}

/** A live blob or record in a segment. */
export interface LiveContent {
  /** Its path as a plain file, relative to the store. */
  readonly path: string;
  /** For a blob its digest, for a record the id of its run. */
  readonly key: { readonly blob: Digest } | { readonly run: RunId };
  readonly content: Uint8Array;
  /** False if it does not match its digest. */
  readonly isSound: boolean;
}

/** The live contents of a segment, read at once. @throws AetherError STORE_* */
export function* liveContent({ files, root }: StoreSegments, segment: Segment): Generator<LiveContent> {
  const path = relative.segment(segment.digest);
  const all = onFile('read', path, () => files.readRange(locate(root, path), 0, segment.entry.size));
  const contentOf = ({ at, size }: SegmentSpan): Uint8Array => all.subarray(at, at + size);
  for (const [blob, span] of live<Digest>(segment.index.blobs, segment, relative.blob)) {
    const content = contentOf(span);
    yield { path: relative.blob(blob), key: { blob }, content, isSound: sha256(content) === blob };
  }
  for (const [run, span] of live(segment.index.runs, segment, recordPath)) {
    const content = contentOf(span);
    const isSound = isRunRecord(Buffer.from(content).toString('utf8'), run);
    yield { path: recordPath(run), key: { run }, content, isSound };
  }
}

function addLive(segments: StoreSegments, draft: SegmentDraft, segment: Segment): boolean {
  const lost = new Set<string>();
  let isWhole = true;
  for (const { key, content, isSound } of liveContent(segments, segment)) {
    isWhole &&= isSound;
    if ('blob' in key) {
      if (isSound) draft.addBlob(key.blob, content);
    } else if (isSound) draft.addRun(key.run, content);
    else lost.add(key.run);
  }
  for (const { space, name, run } of segments.view.refsIn(segment))
    if (!lost.has(run)) draft.addRef(space, name, run);
  return isWhole;
}
