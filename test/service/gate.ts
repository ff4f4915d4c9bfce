import type { ReadingThreadData } from '../../lib/service/documents/reading-thread.js';

/** Data of a reading thread that waits at a gate in shared memory whenever it reads one document. */
export interface Gated extends ReadingThreadData {
  readonly gate: SharedArrayBuffer;
  /** End of the path of the document that waits. */
  readonly document: string;
}

/** Words of the gate: whether it is open, and how many reads have come to it. */
export const OPEN = 0;
export const ARRIVED = 1;
