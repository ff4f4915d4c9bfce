import type { TreeFiles } from '../../base/ports.js';
import { relative, locate } from '../layout.js';
import type { SmallBlobs } from '../port.js';
import { takenBack, type DurableWriter } from '../publish/durable-writer.js';
import type { SegmentDraft } from './segment-format.js';
import type { SegmentView } from './segment-view.js';

/** Maximum bytes in segments instead of plain files: of each blob, and of all blobs of a run. */
export const SMALL_BLOBS: SmallBlobs = { each: 128 * 1024, together: 1024 * 1024 };

/** State of a written segment: missing, possibly lost after a power failure, or durable. */
export type Placed =
  { readonly is: 'absent' | 'unsettled'; readonly error: Error } | { readonly is: 'durable' };

export interface SegmentParts {
  /** The plain files, without the contents of segments. */
  readonly files: TreeFiles;
  readonly root: string;
  readonly view: SegmentView;
  /** Writes plain files. */
  readonly writer: DurableWriter;
}

/**
 * Moves a segment into place: afterwards all its contents exist, durably and at once, or none. A segment
 * whose name cannot be synced is removed again, and counts as written only if even that fails.
 *
 * @param order number of the commit
 */
export async function placeSegment(parts: SegmentParts, draft: SegmentDraft, order: number): Promise<Placed> {
  const { files, root, view, writer } = parts;
  const { bytes, digest, index } = draft.finish(order);
  const path = relative.segment(digest);
  let failure: { readonly error: Error; readonly isAbsent: boolean } | undefined;
  const fail = (error: Error, isThere: boolean): void => {
    failure = { error, isAbsent: !isThere || takenBack(files, locate(root, path)) };
  };
  await writer.write([{ path, content: bytes, mode: 0o444, fail }]);
  if (failure?.isAbsent === true) return { is: 'absent', error: failure.error };
  view.add(digest, index);
  return failure === undefined ? { is: 'durable' } : { is: 'unsettled', error: failure.error };
}
