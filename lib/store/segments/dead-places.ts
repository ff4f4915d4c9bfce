import { locate, relative, SEGMENTS } from '../layout.js';
import { createEmpty } from '../sharing/empty-file.js';
import { deadText } from './dead-list.js';
import type { SegmentParts } from './segment-writer.js';
import type { Segment } from './segment.js';

type Parts = Pick<SegmentParts, 'files' | 'root' | 'writer'>;

/**
 * Writes the dead places of a segment durably. Places written by others are already in `segment.dead`,
 * because only the holder of the lock removes records.
 *
 * @throws AetherError STORE_*
 */
export async function writeDead({ files, root, writer }: Parts, segment: Segment): Promise<void> {
  await writer.writeOne(relative.deadOf(segment.digest), deadText(segment.dead));
  for (const run of segment.marks) files.remove(locate(root, relative.goneOf(segment.digest, run)));
  segment.marks.clear();
}

/**
 * Marks the removed runs of a segment durably with empty files: on a full disk, where gc must make room, a
 * list cannot be written. Blobs may be live again after a power failure; the next gc finds them.
 */
export async function markGone({ files, root }: Parts, segment: Segment): Promise<void> {
  const gone = [...segment.index.runs.keys()].filter((id) => segment.dead.has(relative.record('runs', id)));
  const unmarked = gone.filter((id) => !segment.marks.has(id));
  for (const id of unmarked) {
    createEmpty(files, root, relative.goneOf(segment.digest, id));
    segment.marks.add(id);
  }
  if (unmarked.length > 0) await files.sync(locate(root, SEGMENTS));
}
