import type { Digest } from '../../base/digest.js';
import type { TreeEntry } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
import type { NameKind } from './index-part.js';
import type { IndexText } from './index-text.js';
import type { SegmentIndex, SegmentSpan } from './segment-format.js';

/** Index of a segment; not whole if it was damaged, and only the contents that could be found are in it. */
export interface ReadIndex {
  readonly index: SegmentIndex;
  readonly isWhole: boolean;
}

/** Reads a segment file when something of it is needed. */
export interface SegmentSource {
  readonly digest: Digest;
  /** Number of its commit. */
  readonly order: number;
  /** Entry of the file; throws ENOENT if it was removed. */
  readonly entry: () => TreeEntry;
  readonly read: () => ReadIndex;
  /** The index for single lookups; undefined if it is damaged. */
  readonly text: () => IndexText | undefined;
  /** Called when the segment proves damaged; its index is in memory from then on. */
  readonly onDamage: (segment: Segment) => void;
}

/** A segment file. */
export class Segment {
  readonly digest: Digest;
  readonly order: number;
  /** Dead places in it, relative to the store. */
  readonly dead = new Set<string>();
  /** Runs that are marked as removed by separate files. */
  readonly marks = new Set<string>();
  /** State of its list of dead places when it was read. */
  deadMark = '';
  /** True if its name and bytes are known to be durable. */
  isDurable = false;
  /** True if this process wrote it, so that its records are known without reading them. */
  isOwn = false;
  /** True if damage was found in it, so that it must not be changed. */
  keeps = false;
  readonly #source: SegmentSource;
  #entry: TreeEntry | undefined;
  /** Present if the index stays in memory. */
  #kept: ReadIndex | undefined;
  #isChecked = false;

  /** @param kept its index; without, a part of the index of the store covers it, and its own is read on demand */
  constructor(source: SegmentSource, kept?: ReadIndex) {
    this.#source = source;
    this.digest = source.digest;
    this.order = source.order;
    this.#kept = kept;
  }

  /** Entry of the file. */
  get entry(): TreeEntry {
    return (this.#entry ??= this.#source.entry());
  }

  get index(): SegmentIndex {
    return this.#whole().index;
  }

  /** False if the index was damaged, and the contents were recovered. */
  get isWhole(): boolean {
    if (this.#kept === undefined && !this.#isChecked) this.#whole();
    return this.#kept?.isWhole ?? true;
  }

  /** True if lookups use a part of the index of the store. */
  get isCovered(): boolean {
    return this.#kept === undefined;
  }

  /** Drops the index from memory; a part of the index of the store covers the segment from now on. */
  cover(): void {
    this.#kept = undefined;
  }

  has(kind: NameKind, name: string): boolean {
    return this.#text()?.has(kind, name) ?? this.#kept?.index[kind].has(name as Digest & RunId) ?? false;
  }

  blob(digest: Digest): SegmentSpan | undefined {
    return this.#text()?.blob(digest) ?? this.#kept?.index.blobs.get(digest);
  }

  run(id: string): SegmentSpan | undefined {
    return this.#text()?.run(id) ?? this.#kept?.index.runs.get(id as RunId);
  }

  ref(space: 'keys' | 'scenarios', name: string): string | undefined {
    return this.#text()?.ref(space, name) ?? this.#kept?.index[space].get(name);
  }

  #text(): IndexText | undefined {
    if (this.#kept !== undefined) return undefined;
    const text = this.#source.text();
    if (text === undefined) this.#whole();
    return text;
  }

  #whole(): ReadIndex {
    if (this.#kept !== undefined) return this.#kept;
    const read = this.#source.read();
    this.#isChecked = true;
    if (!read.isWhole) {
      // Recovered contents are not read twice.
      this.#kept = read;
      this.#source.onDamage(this);
    }
    return read;
  }
}

/** Bytes of a blob or record in a segment. */
export interface SegmentPlace extends SegmentSpan {
  readonly segment: Segment;
}
