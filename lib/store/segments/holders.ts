import { relative } from '../layout.js';
import type { Segment } from './segment.js';

const NONE: readonly Segment[] = [];

/**
 * The segments that contain a blob, a run or a reference, by its name; the effective one first. The contents
 * stay in the indexes of the segments: a store has hundreds of thousands of names, most in one segment.
 */
export class Holders {
  readonly #segments = new Map<string, Segment | readonly Segment[]>();
  readonly #isBefore: (a: Segment, b: Segment) => boolean;

  /**
   * @param newestFirst true if the segment of the latest commit is effective, false if that of the first is
   */
  constructor(newestFirst: boolean) {
    this.#isBefore = newestFirst
      ? (a, b): boolean => a.order >= b.order
      : (a, b): boolean => a.order < b.order;
  }

  /** The effective one. */
  first(name: string): Segment | undefined {
    const found = this.#segments.get(name);
    return isList(found) ? found[0] : found;
  }

  all(name: string): readonly Segment[] {
    const found = this.#segments.get(name);
    if (found === undefined) return NONE;
    return isList(found) ? found : [found];
  }

  names(): IterableIterator<string> {
    return this.#segments.keys();
  }

  add(name: string, segment: Segment): void {
    const there = this.all(name);
    if (there.length === 0) {
      this.#segments.set(name, segment);
      return;
    }
    const at = there.findIndex((other) => this.#isBefore(segment, other));
    const cut = at < 0 ? there.length : at;
    this.#segments.set(name, [...there.slice(0, cut), segment, ...there.slice(cut)]);
  }

  remove(name: string, segment: Segment): void {
    const left = this.all(name).filter((other) => other !== segment);
    if (left.length > 0) this.#segments.set(name, left);
    else this.#segments.delete(name);
  }

  /** False if no segment contained it. */
  delete(name: string): boolean {
    return this.#segments.delete(name);
  }
}

function isList(found: Segment | readonly Segment[] | undefined): found is readonly Segment[] {
  return Array.isArray(found);
}

/** The blobs of some segments. */
export function holdersOfBlobs(segments: Iterable<Segment>): Holders {
  const holders = new Holders(false);
  for (const segment of segments) addBlobs(holders, segment);
  return holders;
}

export function addBlobs(holders: Holders, segment: Segment): void {
  const isDead = deadIn(segment);
  for (const digest of segment.index.blobs.keys())
    if (!isDead(() => relative.blob(digest))) holders.add(digest, segment);
}

/**
 * Returns a test whether places in a segment are dead; most segments have none, and then no path is built.
 */
export function deadIn({ dead }: Segment): (path: () => string) => boolean {
  return dead.size === 0 ? () => false : (path) => dead.has(path());
}
