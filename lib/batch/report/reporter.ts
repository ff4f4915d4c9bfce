import type { Colors } from 'picocolors/types.js';
import type { Clock } from '../../base/ports.js';
import type { BatchEventSink } from '../batch-event.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';

/** Where a reporter may write and what it may look at. */
export interface ReportSurroundings {
  /** Results. */
  readonly out: (text: string) => void;
  /** Everything else. */
  readonly err: (text: string) => void;
  /** For `out`; all plain when it is not a terminal. */
  readonly outColors: Colors;
  /** For `err`. */
  readonly errColors: Colors;
  readonly clock: Clock;
  /** Runs being computed now; their control blocks tell how far they are. */
  readonly running: () => Iterable<SupervisedRun>;
  /** The store as the user named it. */
  readonly store: string;
}

/** Listens to a batch and shows it. */
export interface Reporter {
  readonly onEvent: BatchEventSink;
  /** Ends whatever is live on the screen; called once, also after an error. */
  close(): void;
}
