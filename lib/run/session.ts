import type { RunInputs } from '../engine/inputs.js';
import type { RunEventSink } from '../telemetry/events.js';
import type { RunSink } from './records.js';

export interface RunFault {
  /** Stable code, listed in docs/errors.md. */
  readonly code: string;
  readonly message: string;
  readonly tick: number | null;
  /** `node 3`, `edge 7`, a field name, or null. */
  readonly place: string | null;
}

export type SessionOutcome =
  | { readonly state: 'completed'; readonly ticks_completed: number }
  | { readonly state: 'faulted'; readonly ticks_completed: number; readonly fault: RunFault }
  | { readonly state: 'cancelled'; readonly ticks_completed: number };

export interface SessionOptions {
  readonly inputs: RunInputs;
  readonly sink: RunSink;
  /** Absent: no events are built at all. */
  readonly emit?: RunEventSink;
  /** Target chunk size in bytes; default 1 MiB. */
  readonly chunk_bytes?: number;
}

/**
 * One run: the tick loop that wires the pillars and streams records out. Pure and synchronous; call `step` until it
 * returns false (or stop earlier), then `finish` exactly once.
 */
export declare class Session {
  constructor(options: SessionOptions);
  readonly ticks_total: number;
  readonly ticks_completed: number;
  /** Runs the next tick. False when there is nothing left to do: all ticks done, or the run has faulted. */
  step(): boolean;
  /** Closes every artefact. Stopping before the last tick gives `cancelled` with what was computed. */
  finish(): SessionOutcome;
  /** Metrics record (section 9); after finish, null unless completed. */
  readonly metrics: Readonly<Record<string, unknown>> | null;
  readonly loom_tip: string | null;
  readonly i_blocks: number;
}
