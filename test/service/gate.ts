import type { DocumentWorkerData } from '../../lib/cli/commands/serve/worker-data.js';

/** Data of a reading thread that waits at a gate in shared memory whenever it reads one document. */
export interface Gated extends Omit<DocumentWorkerData, 'golden'> {
  readonly gate: SharedArrayBuffer;
  /** End of the path of the document that waits. */
  readonly document: string;
}

/** Words of the gate: whether it is open, and how many reads have come to it. */
export const OPEN = 0;
export const ARRIVED = 1;
