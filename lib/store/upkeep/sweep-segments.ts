import { errorCode } from '../../base/errors.js';
import type { DiskStore } from '../disk-store.js';
import { liveBytes, mergeSegments, removeSegment, SEGMENT_BYTES, upTo } from './merge-segments.js';

/** Removes the segments without live contents; call it with exclusive access. */
export async function removeDead(store: DiskStore): Promise<void> {
  const { view } = store.reader.segments!;
  for (const segment of view.segments()) {
    if (!segment.isWhole || segment.dead.size === 0 || liveBytes(segment) > 0) continue;
    if ([...view.refsIn(segment)].length === 0) await removeSegment(store, segment);
  }
}

/**
 * Moves the live contents of mostly dead segments into a new one; call it with exclusive access.
 *
 * @returns false if there is nothing left to move, or no room for it
 */
export async function mergeDying(store: DiskStore): Promise<boolean> {
  const { view } = store.reader.segments!;
  const dying = view
    .segments()
    .filter(({ isWhole, dead, keeps }) => isWhole && dead.size > 0 && !keeps)
    .filter((segment) => liveBytes(segment) <= segment.entry.size / 2);
  const some = upTo(SEGMENT_BYTES, dying);
  if (some.length === 0) return false;
  try {
    await mergeSegments(store, some);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'STORE_FULL') throw error;
    return false;
  }
}
