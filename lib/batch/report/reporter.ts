import type { Colors } from 'picocolors/types.js';
import type { Clock } from '../../base/ports.js';
import type { BatchEventSink } from '../batch-event.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';

/** Outputs and data of a reporter. */
export interface ReportSurroundings {
  /** Results. */
  readonly out: (text: string) => void;
  /** Everything else. */
  readonly err: (text: string) => void;
  /** For `out`; without colours if it is not a terminal. */
  readonly outColors: Colors;
  /** For `err`. */
  readonly errColors: Colors;
  readonly clock: Clock;
  /** Running runs; their control blocks have the progress. */
  readonly running: () => Iterable<SupervisedRun>;
  /** The store as given by the user. */
  readonly store: string;
}

/** Receives the events of a batch and displays them. */
export interface Reporter {
  readonly onEvent: BatchEventSink;
  /** Ends live output on the screen; called once, also after an error. */
  close(): void;
}
