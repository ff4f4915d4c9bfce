/**
 * Everything that happens while runs execute, as one union. Session and scheduler emit; sinks listen. Events carry no
 * time: the sink that writes them down stamps them, so nothing hashed can depend on the clock.
 */
export type RunEvent =
  | {
      readonly type: 'run_start';
      readonly gid: string;
      readonly run_id: string;
      readonly ticks_total: number;
      readonly nodes: number;
      readonly edges: number;
    }
  | { readonly type: 'tick_loop_start'; readonly gid: string; readonly run_id: string }
  | {
      readonly type: 'tick_complete';
      readonly gid: string;
      readonly run_id: string;
      readonly tick: number;
      readonly C_t: number;
      readonly s_t: number;
      readonly sum_post_u: number;
    }
  | {
      readonly type: 'window_closed';
      readonly gid: string;
      readonly run_id: string;
      readonly tick: number;
      readonly window_id: string;
      readonly apx_name: string;
      readonly manifest_check: number;
    }
  | {
      readonly type: 'run_end';
      readonly gid: string;
      readonly run_id: string;
      readonly ticks_completed: number;
      readonly uledger_last_hash: string | null;
    }
  | {
      readonly type: 'fault';
      readonly gid: string;
      readonly run_id: string;
      readonly code: string;
      readonly message: string;
      readonly tick: number | null;
    };

export type RunEventType = RunEvent['type'];

/** Receives events in order; must not throw and must not keep the tick loop waiting. */
export type RunEventSink = (event: RunEvent) => void;
