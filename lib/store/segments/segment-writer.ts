import type { TreeFiles } from '../../base/ports.js';
import { locate, relative, SEGMENTS } from '../layout.js';
import type { SmallBlobs } from '../port.js';
import { storeError } from '../system-error.js';
import type { SegmentDraft } from './segment-format.js';
import type { SegmentView } from './segment-view.js';

/** What lies in segments rather than in files of its own, in bytes: of each blob, and of all blobs of a run. */
export const SMALL_BLOBS: SmallBlobs = { each: 128 * 1024, together: 1024 * 1024 };

/** How far a segment came: nothing of it is there, it may not survive a power failure, or it is durable. */
export type Placed =
  { readonly is: 'absent' | 'unsettled'; readonly error: Error } | { readonly is: 'durable' };

export interface SegmentParts {
  /** The plain files, and not what segments add to them. */
  readonly files: TreeFiles;
  readonly root: string;
  readonly view: SegmentView;
  /** Path of a new temp file, relative to the store. */
  readonly temp: () => string;
}

/**
 * Brings a segment into its place: everything in it is there, durable and all at once, or nothing is. One whose name
 * cannot be synced is taken back, and counts as there only where even that fails.
 *
 * @param order number of the commit
 */
export async function placeSegment(parts: SegmentParts, draft: SegmentDraft, order: number): Promise<Placed> {
  const { files, root, view } = parts;
  const { bytes, digest, index } = draft.finish(order);
  const path = relative.segment(digest);
  const temp = locate(root, parts.temp());
  try {
    files.create(temp, bytes, 0o444);
    await files.sync(temp);
    files.rename(temp, locate(root, path));
  } catch (error) {
    removeQuietly(files, temp);
    return { is: 'absent', error: storeError(error, 'write', path) };
  }
  try {
    await files.sync(locate(root, SEGMENTS));
  } catch (error) {
    const failure = storeError(error, 'sync', SEGMENTS);
    if (removeQuietly(files, locate(root, path))) return { is: 'absent', error: failure };
    view.add(digest, index);
    return { is: 'unsettled', error: failure };
  }
  view.add(digest, index);
  return { is: 'durable' };
}

function removeQuietly(files: TreeFiles, path: string): boolean {
  try {
    return files.remove(path);
  } catch {
    return false;
  }
}
