import { locate, relative, SEGMENTS } from '../layout.js';
import { createEmpty } from '../sharing/empty-file.js';
import { deadText } from './dead-list.js';
import type { SegmentParts } from './segment-writer.js';
import type { Segment } from './segment.js';

type Parts = Pick<SegmentParts, 'files' | 'root' | 'writer'>;

/**
 * Writes down, durably, which places in a segment count no longer. Whatever others have written there is in
 * `segment.dead` already, as nobody else removes anything meanwhile.
 *
 * @throws AetherError STORE_*
 */
export async function writeDead({ files, root, writer }: Parts, segment: Segment): Promise<void> {
  await writer.writeOne(relative.deadOf(segment.digest), deadText(segment.dead));
  for (const run of segment.marks) files.remove(locate(root, relative.goneOf(segment.digest, run)));
  segment.marks.clear();
}

/**
 * Says durably which runs of a segment are gone, by empty files: on a full disk, where gc is to make room, there is none
 * for a list. Blobs may count again after a power failure; the next gc finds them.
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
