import type { Digest } from '../../base/digest.js';
import type { TreeEntry } from '../../base/ports.js';
import type { SegmentIndex, SegmentSpan } from './segment-format.js';

/** A segment file as it was found. */
export interface Segment {
  readonly digest: Digest;
  /** Of the file. */
  readonly entry: TreeEntry;
  readonly index: SegmentIndex;
  /** False when the index was damaged, and what is known was found in the bodies. */
  readonly isWhole: boolean;
  /** Places in it that count no longer, relative to the store. */
  dead: Set<string>;
  /** Runs that a file of their own says to be gone. */
  readonly marks: Set<string>;
  /** What its list of dead places looked like when it was read. */
  deadMark: string;
  /** Its name and bytes are known to be durable. */
  isDurable: boolean;
  /** Something in it was found damaged, so that it stays as it is. */
  keeps: boolean;
}

/** Bytes of a blob or record in a segment. */
export interface SegmentPlace extends SegmentSpan {
  readonly segment: Segment;
}
