import type { Digest } from '../../base/digest.js';
import type { TreeEntry } from '../../base/ports.js';
import type { SegmentIndex, SegmentSpan } from './segment-format.js';

/** A segment file. */
export interface Segment {
  readonly digest: Digest;
  /** Entry of the file. */
  readonly entry: TreeEntry;
  readonly index: SegmentIndex;
  /** False if the index was damaged, and the contents were recovered. */
  readonly isWhole: boolean;
  /** Dead places in it, relative to the store. */
  dead: Set<string>;
  /** Runs that are marked as removed by separate files. */
  readonly marks: Set<string>;
  /** State of its list of dead places when it was read. */
  deadMark: string;
  /** True if its name and bytes are known to be durable. */
  isDurable: boolean;
  /** True if damage was found in it, so that it must not be changed. */
  keeps: boolean;
}

/** Bytes of a blob or record in a segment. */
export interface SegmentPlace extends SegmentSpan {
  readonly segment: Segment;
}
