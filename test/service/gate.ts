import type { DocumentWorkerData } from '../../lib/cli/commands/serve/worker-data.js';

/** Data of a reading thread that waits at a gate in shared memory when it reads a document. */
export interface Gated extends Omit<DocumentWorkerData, 'golden'> {
  readonly gate: SharedArrayBuffer;
  /** End of the path of the document that waits. */
  readonly document: string;
}

/** Words of the gate: 1 if it is open, and the number of reads that have reached it. */
export const OPEN = 0;
export const ARRIVED = 1;
