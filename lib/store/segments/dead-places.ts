import type { TreeFiles } from '../../base/ports.js';
import { locate, relative, SEGMENTS } from '../layout.js';
import { isFull } from '../system-error.js';
import { deadText } from './dead-list.js';
import type { Segment } from './segment-view.js';

/**
 * Writes down, durably, which places in a segment count no longer. Whatever others have written there is in `segment.dead` already, as nobody else removes
 * anything meanwhile.
 */
export async function writeDead(
  files: TreeFiles,
  root: string,
  { segment, temp }: { readonly segment: Segment; readonly temp: string },
): Promise<void> {
  const at = locate(root, temp);
  files.create(at, deadText(segment.dead), 0o644);
  await files.sync(at);
  files.rename(at, locate(root, relative.deadOf(segment.digest)));
  await files.sync(locate(root, SEGMENTS));
  for (const run of segment.marks) files.remove(locate(root, relative.goneOf(segment.digest, run)));
  segment.marks.clear();
}

/** An empty file, or where there is no inode left for one, a second name of store.json. */
function mark(files: TreeFiles, root: string, path: string): void {
  try {
    files.create(locate(root, path), '', 0o644);
  } catch (error) {
    if (!isFull(error)) throw error;
    files.link(locate(root, relative.format), locate(root, path));
  }
}

/**
 * Says durably which runs of a segment are gone, by empty files: on a full disk, where gc is to make room, there is none
 * for a list. Blobs may count again after a power failure; the next gc finds them.
 */
export async function markGone(files: TreeFiles, root: string, segment: Segment): Promise<void> {
  const gone = [...segment.index.runs.keys()].filter((id) => segment.dead.has(relative.record('runs', id)));
  const unmarked = gone.filter((id) => !segment.marks.has(id));
  for (const id of unmarked) {
    mark(files, root, relative.goneOf(segment.digest, id));
    segment.marks.add(id);
  }
  if (unmarked.length > 0) await files.sync(locate(root, SEGMENTS));
}
