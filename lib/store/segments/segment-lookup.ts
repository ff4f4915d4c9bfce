import type { Digest } from '../../base/digest.js';
import { errorCode } from '../../base/errors.js';
import { relative } from '../layout.js';
import { addBlobs, deadIn, Holders, holdersOfBlobs } from './holders.js';
import { PartLost, type NameKind } from './index-part.js';
import type { IndexParts } from './index-parts.js';
import type { Segment } from './segment.js';

type Refs = 'keys' | 'scenarios';

/** Maximum of attempts to read segments while another process merges them. */
const MOST_ATTEMPTS = 4;

/**
 * Finds the segments with a name: a blob, a run, or a reference. Segments that no part of the index of the store covers
 * are in memory, by all their names; for the others the parts are asked.
 */
export class SegmentLookup {
  readonly #segments: ReadonlyMap<Digest, Segment>;
  readonly #parts: IndexParts;
  /** Called when a part cannot be read any more. */
  readonly #onLost: (lost: PartLost) => void;
  /** Called when a segment is missing, because a concurrent gc has moved its contents. */
  readonly #onMissing: () => void;
  /** The segment of the last name that was found. */
  #recent: Segment | undefined;
  /** Built on the first lookup of a blob, which planning and listing runs do not need. */
  #blobs: Holders | undefined;
  readonly #near = {
    runs: new Holders(false),
    keys: new Holders(true),
    scenarios: new Holders(true),
  } as const;

  constructor(is: {
    readonly segments: ReadonlyMap<Digest, Segment>;
    readonly parts: IndexParts;
    readonly onLost: (lost: PartLost) => void;
    readonly onMissing: () => void;
  }) {
    this.#segments = is.segments;
    this.#parts = is.parts;
    this.#onLost = is.onLost;
    this.#onMissing = is.onMissing;
  }

  /** The effective segment with a live entry of this name. */
  first(kind: NameKind, name: string): Segment | undefined {
    if (kind === 'runs' || kind === 'blobs') {
      // Runs and blobs never change, so any segment that has one will do: mostly the one of the reference to it.
      if (this.#isIn(this.#recent, kind, name)) return this.#recent;
    }
    const found = this.#find(kind, name);
    if (found !== undefined) this.#recent = found;
    return found;
  }

  #find(kind: NameKind, name: string): Segment | undefined {
    // First: it may find that a part is lost, and read its segments into memory.
    const far = this.#far(kind, name);
    const near = this.#holders(kind).first(name);
    if (far.length === 0) return near;
    return near === undefined ? far.reduce(this.#best(kind)) : [near, ...far].reduce(this.#best(kind));
  }

  /** All segments with a live entry of this name, in no particular order. */
  all(kind: NameKind, name: string): readonly Segment[] {
    const far = this.#far(kind, name);
    return [...this.#holders(kind).all(name), ...far];
  }

  /** Every live name of a kind, once. */
  *names(kind: NameKind): Generator<string, void, undefined> {
    const seen = new Set<string>();
    for (let attempt = 1; ; attempt++) {
      try {
        for (const segment of [...this.#segments.values()]) {
          for (const name of segment.index[kind].keys()) {
            if (seen.has(name) || isDeadIn(segment, kind, name)) continue;
            seen.add(name);
            yield name;
          }
        }
        return;
      } catch (error) {
        if (errorCode(error) !== 'ENOENT' || attempt > MOST_ATTEMPTS) throw error;
        this.#onMissing();
      }
    }
  }

  /** Adds the names of a segment whose index is in memory. */
  remember(segment: Segment): void {
    if (this.#blobs !== undefined) addBlobs(this.#blobs, segment);
    const isDead = deadIn(segment);
    for (const id of segment.index.runs.keys())
      if (!isDead(() => relative.record('runs', id))) this.#near.runs.add(id, segment);
    for (const space of ['keys', 'scenarios'] as const) {
      for (const [name, run] of segment.index[space]) {
        // A reference is dead if its run is.
        if (isDead(() => relative.record('runs', run)) || isDead(() => relative.ref(space, name))) continue;
        this.#near[space].add(name, segment);
      }
    }
  }

  /** Removes the names of a segment whose index is in memory. */
  forget(segment: Segment): void {
    const { runs, keys, scenarios } = segment.index;
    if (this.#blobs !== undefined)
      for (const digest of segment.index.blobs.keys()) this.#blobs.remove(digest, segment);
    for (const id of runs.keys()) this.#near.runs.remove(id, segment);
    for (const key of keys.keys()) this.#near.keys.remove(key, segment);
    for (const name of scenarios.keys()) this.#near.scenarios.remove(name, segment);
  }

  /** Removes a name from the segments whose index is in memory, which have it among their dead places. */
  delete(kind: NameKind, name: string): void {
    this.#holders(kind).delete(name);
  }

  #holders(kind: NameKind): Holders {
    if (kind !== 'blobs') return this.#near[kind];
    return (this.#blobs ??= holdersOfBlobs(
      [...this.#segments.values()].filter(({ isCovered }) => !isCovered),
    ));
  }

  #isIn(segment: Segment | undefined, kind: NameKind, name: string): boolean {
    if (segment?.isCovered !== true || this.#segments.get(segment.digest) !== segment) return false;
    try {
      return segment.has(kind, name) && !isDeadIn(segment, kind, name);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      return false;
    }
  }

  /** Covered segments with a live entry of this name. */
  #far(kind: NameKind, name: string): readonly Segment[] {
    for (let attempt = 1; ; attempt++) {
      try {
        const found = new Set<Segment>();
        for (const digest of this.#parts.candidates(kind, name)) {
          const segment = this.#segments.get(digest);
          if (segment?.isCovered !== true || !segment.has(kind, name)) continue;
          if (!isDeadIn(segment, kind, name)) found.add(segment);
        }
        return found.size === 0 ? NONE : [...found];
      } catch (error) {
        if (attempt > MOST_ATTEMPTS) throw error;
        if (error instanceof PartLost) this.#onLost(error);
        else if (errorCode(error) === 'ENOENT') this.#onMissing();
        else throw error;
      }
    }
  }

  #best(kind: NameKind): (a: Segment, b: Segment) => Segment {
    const newestFirst = kind === 'keys' || kind === 'scenarios';
    return (a, b) => (a.order > b.order === newestFirst ? a : b);
  }
}

const NONE: readonly Segment[] = [];

function isDeadIn(segment: Segment, kind: NameKind, name: string): boolean {
  const { dead } = segment;
  if (dead.size === 0) return false;
  if (kind === 'blobs') return dead.has(relative.blob(name as Digest));
  if (kind === 'runs') return dead.has(relative.record('runs', name));
  return isDeadRef(segment, kind, name);
}

/** A reference is dead if its run is. */
function isDeadRef(segment: Segment, space: Refs, name: string): boolean {
  const run = segment.ref(space, name);
  if (run !== undefined && segment.dead.has(relative.record('runs', run))) return true;
  return segment.dead.has(relative.ref(space, name));
}
