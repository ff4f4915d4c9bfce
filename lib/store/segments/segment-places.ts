import { relative } from '../layout.js';
import type { Segment, SegmentPlace } from './segment.js';
import type { SegmentSpan } from './segment-format.js';

/** A name that several segments may hold; the one that counts comes first. */
export type Places<Value> = Map<string, readonly { readonly segment: Segment; readonly value: Value }[]>;

interface Rank {
  readonly of: Segment;
  /** True when the segment comes before one of that order. */
  readonly first: (order: number) => boolean;
}

export function placeOf(places: Places<SegmentSpan>, key: string): SegmentPlace | undefined {
  const found = places.get(key)?.[0];
  return found && { segment: found.segment, ...found.value };
}

export function oldestFirstOf(segment: Segment): Rank {
  return { of: segment, first: (order) => order > segment.index.order };
}

export function rememberBlobs(places: Places<SegmentSpan>, segment: Segment): void {
  const oldestFirst = oldestFirstOf(segment);
  const isDead = deadIn(segment);
  for (const [digest, span] of segment.index.blobs)
    if (!isDead(() => relative.blob(digest))) insert(places, digest, span, oldestFirst);
}

/** Tells of places in a segment whether they count no longer; most segments have none, and then no path is made. */
export function deadIn({ dead }: Segment): (path: () => string) => boolean {
  return dead.size === 0 ? () => false : (path) => dead.has(path());
}

export function insert<Value>(places: Places<Value>, key: string, value: Value, rank: Rank): void {
  const { of: segment, first } = rank;
  const there = places.get(key);
  if (there === undefined) {
    places.set(key, [{ segment, value }]);
    return;
  }
  const at = there.findIndex((other) => first(other.segment.index.order));
  const cut = at < 0 ? there.length : at;
  places.set(key, [...there.slice(0, cut), { segment, value }, ...there.slice(cut)]);
}

export function removeFrom<Value>(places: Places<Value>, key: string, segment: Segment): void {
  const left = (places.get(key) ?? []).filter((place) => place.segment !== segment);
  if (left.length > 0) places.set(key, left);
  else places.delete(key);
}
