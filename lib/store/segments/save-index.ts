import { sha256, type Digest } from '../../base/digest.js';
import type { Processes, TreeFiles } from '../../base/ports.js';
import { replaceCacheFile } from '../cache-file.js';
import { locate } from '../layout.js';
import {
  partBytes,
  PartLost,
  UnsavedPart,
  type CoveredSegment,
  type IndexPart,
  type PartDraft,
} from './index-part.js';
import { partPath } from './index-parts.js';
import type { SegmentView } from './segment-view.js';
import type { Segment } from './segment.js';

/** Maximum of entries in a part that is not merged; bounds the memory of writing one. */
const ENTRIES_AT_ONCE = 2 ** 19;
/** Maximum of entries in a merged part. */
const MOST_ENTRIES = 2 ** 20;
/** Parts with fewer entries are merged when there are more than `MOST_SMALL` of them. */
const SMALL_ENTRIES = 2 ** 18;
const MOST_SMALL = 8;

interface Place {
  readonly root: string;
  readonly files: TreeFiles;
  readonly view: SegmentView;
}

/** Rows of the runs of a segment for the index. */
export interface SegmentRows {
  /** One line of JSON for each run. */
  readonly rows: readonly string[];
  /** Lowest and highest place in the order of arrival; -1 without runs. */
  readonly first: number;
  readonly last: number;
  readonly hasOtherIds: boolean;
}

/**
 * Adds all segments to the index that it does not cover, and merges its small parts. A cache: neither durable nor
 * required.
 *
 * @param rowsOf undefined for a segment with a damaged record, which stays uncovered
 * @throws Error of the file system
 */
export function saveIndex(
  place: Place,
  processes: Processes,
  rowsOf: (segment: Segment) => SegmentRows | undefined,
): void {
  const { files, view } = place;
  let part = new UnsavedPart();
  let described: { segment: CoveredSegment; rows: Uint8Array }[] = [];
  const write = (): void => {
    const segments = described.map(({ segment }) => segment);
    const draft = { segments, rows: described.map(({ rows }) => rows), entries: part.sorted() };
    if (segments.length > 0) writePart(place, processes, draft);
    part = new UnsavedPart();
    described = [];
  };
  for (const segment of view.unsaved()) {
    const { digest, order } = segment;
    const found = segment.isWhole ? rowsOf(segment) : undefined;
    if (found === undefined) continue;
    const { rows, ...about } = found;
    part.add(digest, segment.index);
    described.push({
      segment: { digest, order, runs: rows.length, ...about },
      rows: Buffer.from(rows.map((row) => `${row}\n`).join('')),
    });
    if (part.entries >= ENTRIES_AT_ONCE) write();
  }
  write();
  view.renewParts();
  for (const path of view.parts.damaged) files.remove(path);
  try {
    mergeParts(place, processes);
  } catch (error) {
    // Another process has merged the same parts.
    if (!(error instanceof PartLost)) throw error;
  }
}

/** Merges small parts if there are too many, and parts of which most segments were removed. */
function mergeParts(place: Place, processes: Processes): void {
  const { files, view } = place;
  const { parts } = view.parts;
  const small = parts.filter(({ entries }) => entries < SMALL_ENTRIES);
  const isDying = (part: IndexPart): boolean =>
    part.segments.filter(({ digest }) => view.segment(digest) !== undefined).length * 2 <
    part.segments.length;
  const some = small.length > MOST_SMALL ? small : parts.filter(isDying);
  if (some.length === 0) return;
  const left = [...some].sort((a, b) => a.entries - b.entries);
  for (let group: IndexPart[] = []; left.length > 0; group = []) {
    let entries = 0;
    while (left.length > 0 && (group.length === 0 || entries + left[0]!.entries <= MOST_ENTRIES)) {
      entries += left[0]!.entries;
      group.push(left.shift()!);
    }
    if (group.length === 1 && !isDying(group[0]!)) continue;
    const merged = merge(group, (digest) => view.segment(digest) !== undefined);
    const written = merged.segments.length > 0 ? writePart(place, processes, merged) : undefined;
    for (const { path } of group) if (path !== written) files.remove(path);
  }
  view.renewParts();
}

/** One part with the live segments of some. @throws PartLost */
function merge(parts: readonly IndexPart[], isLive: (digest: Digest) => boolean): PartDraft {
  const numbers = new Map<Digest, number>();
  const segments: PartDraft['segments'][number][] = [];
  const rows: Uint8Array[] = [];
  const entries: Float64Array[] = [];
  for (const part of parts) {
    const own = new Map<Digest, number>();
    for (const { digest, order, runs, first, last, hasOtherIds } of part.segments) {
      if (numbers.has(digest) || !isLive(digest)) continue;
      numbers.set(digest, segments.length);
      own.set(digest, segments.length);
      segments.push({ digest, order, runs, first, last, hasOtherIds });
      rows.push(part.rowBytes(digest));
    }
    entries.push(part.renumbered(own));
  }
  const all = new Float64Array(entries.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const some of entries) {
    all.set(some, at);
    at += some.length;
  }
  return { segments, rows, entries: all.sort() };
}

/** Returns the path of the part in the file system. */
function writePart({ root, files }: Place, processes: Processes, draft: PartDraft): string {
  const bytes = Buffer.concat(partBytes(draft));
  const path = partPath(sha256(bytes));
  replaceCacheFile({ root, files, processes }, path, bytes);
  return locate(root, path);
}
