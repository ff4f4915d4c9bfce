import type { ConfigRunId } from '../base/run-id.js';

/**
 * Events of running runs, as one union. Session and scheduler emit them; sinks receive them. Events have no
 * time: the sink that writes them adds it, so that nothing hashed depends on the clock.
 */
export type RunEvent =
  | {
      readonly type: 'run_start';
      readonly gid: string;
      readonly run_id: ConfigRunId;
      readonly ticks_total: number;
      readonly nodes: number;
      readonly edges: number;
    }
  | { readonly type: 'tick_loop_start'; readonly gid: string; readonly run_id: ConfigRunId }
  | {
      readonly type: 'tick_complete';
      readonly gid: string;
      readonly run_id: ConfigRunId;
      readonly tick: number;
      readonly C_t: number;
      readonly s_t: number;
      readonly sum_post_u: number;
    }
  | {
      readonly type: 'window_closed';
      readonly gid: string;
      readonly run_id: ConfigRunId;
      readonly tick: number;
      readonly window_id: string;
      readonly apx_name: string;
      readonly manifest_check: number;
    }
  | {
      readonly type: 'run_end';
      readonly gid: string;
      readonly run_id: ConfigRunId;
      readonly ticks_completed: number;
      readonly uledger_last_hash: string | null;
    }
  | {
      readonly type: 'fault';
      readonly gid: string;
      readonly run_id: ConfigRunId;
      readonly code: string;
      readonly message: string;
      readonly tick: number | null;
    };

export type RunEventType = RunEvent['type'];

/** Receives events in order; must not throw and must not block the tick loop. */
export type RunEventSink = (event: RunEvent) => void;
