/**
 * The fields of engine records that this tab uses; the API leaves them open. test/ui/record-shapes.test.ts
 * compiles only while the records have these fields.
 */

export interface EdgeRow {
  readonly e_id: number;
  readonly i: number;
  readonly j: number;
  readonly du: number;
  readonly raw: number;
  readonly cap: number;
  /** Amount moved from `i` to `j`; negative in the other direction. */
  readonly f_e: number;
}

export interface TickLedger {
  readonly tick: number;
  readonly pre_u: readonly number[];
  readonly edges: readonly EdgeRow[];
  readonly post_u: readonly number[];
  readonly sum_pre_u: number;
  readonly sum_post_u: number;
  readonly z_check: number;
  readonly causal_radius_applied: boolean;
  readonly epsilon_applied: boolean;
}

export interface IBlock {
  readonly tick: number;
  readonly W: number;
  readonly C_t: number;
  readonly profile_version: string;
  readonly topology_version: string;
  readonly post_u: readonly number[];
  readonly topology_snapshot: readonly Readonly<Record<string, number>>[];
}

export interface ChainLink {
  readonly tick: number;
  readonly block: 'P' | 'I';
  readonly link_hash: string;
  /** Only for I-blocks. */
  readonly merkle_root?: string;
}

export interface ApxManifest {
  readonly manifest_check: number;
  readonly profile: string;
  readonly streams: readonly ApxStream[];
}

export interface ApxStream {
  readonly stream_id: string;
  readonly description: string;
  readonly scheme: string;
  readonly params: number;
  readonly L_model: number;
  readonly L_residual: number;
  readonly L_total: number;
}

export interface ApxCandidates {
  readonly accounting: string;
  readonly streams: readonly {
    readonly stream_id: string;
    readonly values: number;
    readonly candidates: readonly Candidate[];
  }[];
}

export interface Candidate {
  readonly scheme: string;
  readonly params: number;
  /** Decimal text above 2^53-1. */
  readonly L_total: number | string;
}

export interface Envelope {
  readonly tick: number;
  readonly layer: string;
  readonly mode: string;
  readonly nid: string;
  readonly seq: number;
  readonly payload_ref: number;
  readonly prev_chain: number;
  readonly meta: Readonly<Record<string, unknown>>;
}

export interface LedgerEntry {
  readonly tick: number;
  readonly window_id: string;
  readonly C_t: number;
  readonly manifest_check: number;
  readonly policy_set_hash: string;
  readonly prev_entry_hash: string | null;
}

export interface Motif {
  readonly motif_id: string;
  readonly pattern_descriptor: {
    readonly type: string;
    readonly edge_ids: readonly number[];
    readonly du_signature: readonly number[];
    readonly f_e_signature: readonly number[];
  };
  readonly mdl_stats: { readonly L_total: number; readonly delta_vs_baseline: number };
  readonly usage_stats: {
    readonly usage_count: number;
    readonly first_tick: number;
    readonly last_tick: number;
  };
}

export interface Proposal {
  readonly proposal_id: string;
  readonly motif_id: string;
  readonly action: string;
  readonly target_location: { readonly edge_ids: readonly number[] };
  readonly expected_effect: { readonly delta_L_total: number };
  readonly status: string;
  readonly governance_status: string;
  readonly violated_policies: readonly string[];
  readonly governance_notes: { readonly notes?: readonly string[] };
}

/** An applied structural event. */
export interface AppliedEvent {
  readonly event_id: string;
  readonly op_type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** APXi view of a window. */
export interface ApxiView {
  readonly residual_scheme: string;
  readonly descriptors_by_stream: Readonly<
    Record<
      string,
      readonly {
        readonly descriptor: {
          readonly descriptor_id: string;
          readonly descriptor_type: string;
          readonly params: Readonly<Record<string, unknown>>;
        };
        readonly L_model: number;
        readonly L_residual: number;
        readonly L_total: number;
      }[]
    >
  >;
}
