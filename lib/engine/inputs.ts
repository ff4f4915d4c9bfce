/**
 * The resolved documents that determine a run (engine contract, section 2): validated, with defaults filled
 * in and references followed. config/ produces them; the pillars read them.
 */
import type { ConfigRunId } from '../base/run-id.js';

export interface TopologyNode {
  readonly node_id: number;
  readonly label: string;
}

export interface TopologyEdge {
  readonly e_id: number;
  readonly i: number;
  readonly j: number;
  readonly k: number;
  readonly cap: number;
  readonly SC: number;
  /** Default 0. */
  readonly c: number;
  /** Null if the document sets none. */
  readonly causal_radius: number | null;
}

export interface Topology {
  readonly gid: string;
  /** Informative; the RunConfig selects the profile. */
  readonly profile: string;
  readonly N: number;
  readonly SC: number;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** Default 0: no clamp. */
  readonly causal_radius: number;
  readonly max_edge_cap: number | null;
  /** Text of `meta.version`; `v1` when absent or empty. */
  readonly topology_version: string;
  /** Copied into every tick ledger; '' if the document sets none. */
  readonly nap_ref: string;
}

export const S_T_MODES = ['prime_weighted', 'constant', 'sum_abs_flux'] as const;

/** s_t rule with every default applied (section 4.1). */
export type STRule =
  | { readonly mode: 'prime_weighted' }
  | { readonly mode: 'constant'; readonly value: number }
  | {
      readonly mode: 'sum_abs_flux';
      readonly offset: number;
      readonly scale: number;
      readonly max_value: number | null;
    };

export const SCHEMES = ['ID', 'GR', 'R'] as const;
export type Scheme = (typeof SCHEMES)[number];

export const ACCOUNTINGS = ['mdl-v0', 'varint-v1'] as const;
export type Accounting = (typeof ACCOUNTINGS)[number];

export interface PressDefaults {
  /** Non-empty, no repeats; the order breaks ties. */
  readonly preferred_schemes: readonly Scheme[];
  readonly accounting: Accounting;
  /** 0..30. */
  readonly gr_max_p: number;
}

export const LAYERS = ['INGRESS', 'DATA', 'CTRL', 'EGRESS', 'GOV'] as const;
export type Layer = (typeof LAYERS)[number];

/** Labels of DATA envelopes; all envelopes use `v`. */
export interface NapLabels {
  readonly v: number;
  readonly layer: Layer;
  readonly mode: string;
}

export interface Profile {
  readonly name: string;
  readonly modulus_M: number;
  readonly SC: number;
  readonly I_block_spacing_W: number;
  readonly C0: number;
  readonly epsilon_cap: number | null;
  readonly chain_a: number;
  readonly chain_b: number;
  readonly s_t_rule: STRule;
  readonly press_defaults: PressDefaults;
  readonly nap_defaults: NapLabels;
}

export const STREAM_SOURCES = ['post_u_deltas', 'fluxes', 'pre_u', 'post_u', 'prev_chain'] as const;
export type StreamSource = (typeof STREAM_SOURCES)[number];

export interface WindowStream {
  readonly name: string;
  readonly source: StreamSource;
  readonly scheme_hint: Scheme | null;
  /** Default: the name, also if the document gives ''. */
  readonly description: string;
}

export const DESCRIPTOR_TYPES = ['CONST_SEGMENT', 'RUN_SEGMENT', 'LINEAR_TREND'] as const;
export type DescriptorType = (typeof DESCRIPTOR_TYPES)[number];

/** Prediction of an APXi descriptor (section 12), by type. */
export type DescriptorParams =
  | { readonly descriptor_type: 'CONST_SEGMENT'; readonly params: { readonly value: number } }
  | {
      readonly descriptor_type: 'RUN_SEGMENT';
      /** Repeated `repeats` times, the pattern covers the window exactly. */
      readonly params: { readonly pattern: readonly number[]; readonly repeats: number };
    }
  | {
      readonly descriptor_type: 'LINEAR_TREND';
      readonly params: { readonly intercept: number; readonly slope: number; readonly start_tick: number };
    };

/** A prediction of one stream of one window, and its names. */
export type ApxiDescriptor = DescriptorParams & {
  readonly descriptor_id: string;
  /** The aeon_window_id of the window if it has one, else its window_id. */
  readonly window_id: string;
  readonly stream_id: string;
  readonly labels: readonly string[];
};

/** The companion view of a window (section 12). */
export interface ApxiPlan {
  readonly residual_scheme: Scheme;
  /** Descriptors by stream, sorted by descriptor_id; equal ids keep document order. */
  readonly descriptors: Readonly<Record<string, readonly ApxiDescriptor[]>>;
}

export interface RunWindow {
  readonly window_id: string;
  readonly apx_name: string;
  /** 1-based, inclusive. */
  readonly start_tick: number;
  /** Inclusive, <= ticks. */
  readonly end_tick: number;
  /** Never empty: without streams in the document, the two default streams (section 5.1). */
  readonly streams: readonly WindowStream[];
  readonly aeon_window_id: string | null;
  /** Absent unless the document enables the view. */
  readonly apxi?: ApxiPlan;
}

/** Section 3; each check is off (false or null) unless the document sets it. None changes a result. */
export interface Diagnostics {
  readonly check_conservation: boolean;
  /** Null: not checked. False: a negative node value is a violation. */
  readonly allow_negative: boolean | null;
  /** |u| above it is a violation; null: not checked. */
  readonly overflow_limit: number | null;
  readonly enforce_causal_radius: boolean;
  readonly enforce_epsilon_cap: boolean;
  readonly kill_on_violation: boolean;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Destination and level of the log of a run; never part of the input key. */
export interface LoggingConfig {
  readonly enabled: boolean;
  readonly level: LogLevel;
  readonly destination: 'memory' | 'stdout' | 'file';
  /** Absolute or relative to the working directory; null unless destination is file. */
  readonly file_path: string | null;
  readonly include_ticks: boolean;
  readonly include_windows: boolean;
}

export interface RunConfig {
  readonly v: 1;
  readonly gid: string;
  readonly run_id: ConfigRunId;
  readonly nid: string;
  readonly ticks: number;
  /** Length N, before the tick-0 PFNA entries. */
  readonly initial_state: readonly number[];
  /** Non-empty; ids and apx_names unique; every tick lies in at least one. */
  readonly windows: readonly RunWindow[];
  readonly primary_window_id: string;
  /** The nap_defaults of the profile, overridden by the values of the RunConfig. */
  readonly nap: NapLabels;
  readonly enable_codex: boolean;
  readonly enable_pfna: boolean;
  /** Null: no diagnostics block, no diagnostics artefact. */
  readonly diagnostics: Diagnostics | null;
  readonly logging: LoggingConfig;
  readonly metrics_enabled: boolean;
}

/** Steps from a value of the document to a value of the run: n = clamp((raw + origin) * scale). */
export interface PfnaAuditValue {
  /** From 0. */
  readonly index: number;
  /** Decimal text of the document's value. */
  readonly raw: string;
  /** Decimal text with 6 decimals of raw + origin. */
  readonly shifted: string;
  /** Decimal text with 6 decimals of (raw + origin) * scale. */
  readonly scaled: string;
  readonly rounded: number;
  readonly clamped: number;
}

export interface PfnaEntry {
  readonly pfna_id: string;
  readonly tick: number;
  /** Applied values, length N. */
  readonly values: readonly number[];
  readonly audit: readonly PfnaAuditValue[];
  /** Not part of any record or of the input key. Absent if the document gives none. */
  readonly description?: string;
}

export interface Pfna {
  readonly pfna_id: string;
  readonly gid: string;
  readonly run_id: ConfigRunId;
  readonly nid: string;
  /** Sorted by (tick, pfna_id by code unit); no repeats. */
  readonly entries: readonly PfnaEntry[];
}

export const TOPOLOGY_OPS = ['ADD_NODE', 'REMOVE_NODE', 'ADD_EDGE', 'REMOVE_EDGE', 'REWIRE', 'TUNE'] as const;
export type TopologyOp = (typeof TOPOLOGY_OPS)[number];

export interface TopologyPolicy {
  readonly policy_id: string;
  readonly max_nodes: number | null;
  readonly max_edges: number | null;
  readonly allowed_ops: readonly TopologyOp[];
  readonly description: string;
}

export interface BudgetPolicy {
  readonly policy_id: string;
  readonly max_actions_per_window: number | null;
  readonly max_proposals_per_window: number | null;
  readonly max_topology_changes: number | null;
  readonly notes: string;
}

export interface SafetyPolicy {
  readonly policy_id: string;
  readonly invariants: readonly string[];
  readonly severity: 'HARD' | 'SOFT';
  readonly description: string;
}

export const GOVERNANCE_MODES = ['OFF', 'OBSERVE', 'DRY_RUN', 'ENFORCE'] as const;
export type GovernanceMode = (typeof GOVERNANCE_MODES)[number];

export type CodexActionMode = 'OFF' | 'OBSERVE' | 'DRY_RUN' | 'GOVERNED_APPLY';

/** Words that a document may use for either mode; config/ maps them to the pair. */
export const MODE_WORDS = ['OFF', 'OBSERVE', 'SUGGEST_ONLY', 'DRY_RUN', 'ENFORCE', 'GOVERNED_APPLY'] as const;
export type ModeWord = (typeof MODE_WORDS)[number];

/** The policy set in force; policies in declared order. */
export interface Governance {
  readonly governance_mode: GovernanceMode;
  readonly codex_action_mode: CodexActionMode;
  readonly topology_policies: readonly TopologyPolicy[];
  readonly budget_policies: readonly BudgetPolicy[];
  readonly safety_policies: readonly SafetyPolicy[];
  /** Null: all five layers. Not hashed. */
  readonly allowed_layers: readonly Layer[] | null;
  /** Null: no cap. Not hashed. */
  readonly max_envelopes_per_tick: number | null;
}

/** A window of the AEON grammar; `source_ids` is null for a base window (section 12). */
export interface AeonWindow {
  readonly window_id: string;
  /** Inclusive; for a derived window the earliest start of its sources. */
  readonly tick_start: number;
  /** Inclusive; for a derived window the latest end of its sources. */
  readonly tick_end: number;
  readonly source_ids: readonly string[] | null;
  readonly labels: readonly string[];
  readonly press_window_id: string | null;
  readonly parent_id: string | null;
}

/** An AEON grammar; windows sorted by id. It names spans of ticks and changes no result. */
export interface AeonGrammar {
  readonly windows: readonly AeonWindow[];
}

export const SLP_OPS = [
  'ADD_NODE',
  'REMOVE_NODE',
  'UPDATE_NODE',
  'ADD_EDGE',
  'REMOVE_EDGE',
  'UPDATE_EDGE',
] as const;
export type SlpOp = (typeof SLP_OPS)[number];

/** Change of a structural event, by operation (section 13). Absent fields of an update are unchanged. */
type SlpChange =
  | { readonly op_type: 'ADD_NODE'; readonly payload: { readonly node_id: number; readonly label?: string } }
  | { readonly op_type: 'REMOVE_NODE'; readonly payload: { readonly node_id: number } }
  | {
      readonly op_type: 'UPDATE_NODE';
      readonly payload: { readonly node_id: number; readonly label?: string };
    }
  | {
      readonly op_type: 'ADD_EDGE';
      readonly payload: {
        readonly e_id: number;
        readonly i: number;
        readonly j: number;
        readonly k?: number;
        readonly cap?: number;
        readonly c?: number;
      };
    }
  | { readonly op_type: 'REMOVE_EDGE'; readonly payload: { readonly e_id: number } }
  | {
      readonly op_type: 'UPDATE_EDGE';
      readonly payload: {
        readonly e_id: number;
        readonly i?: number;
        readonly j?: number;
        readonly k?: number;
        readonly cap?: number;
        readonly c?: number;
      };
    };

/** A change of the graph before one tick. */
export type SlpEvent = SlpChange & { readonly event_id: string; readonly tick_effective: number };

/** Everything that determines a run. Plain data: it is passed between threads by structured clone. */
export interface RunInputs {
  readonly topology: Topology;
  readonly profile: Profile;
  readonly run: RunConfig;
  /** Null when enable_pfna is false. */
  readonly pfna: Pfna | null;
  readonly governance: Governance;
  /** Sorted by (tick_effective, event_id by code unit); absent if no event is effective within the run. */
  readonly slp?: readonly SlpEvent[];
  /** Absent if the run has no grammar. */
  readonly aeon?: AeonGrammar;
}
