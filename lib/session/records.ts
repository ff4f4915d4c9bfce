import type { NonResultKind } from '../base/result-digest.js';

/** Artefact kinds in the order a run record lists them (batch contract, section 4). */
export const ARTEFACT_KINDS = [
  'inputs',
  'umx_ledger',
  'loom_p_blocks',
  'loom_i_blocks',
  'loom_chain',
  'apx_manifests',
  'apx_candidates',
  'apxi_views',
  'nap_envelopes',
  'u_ledger',
  'metrics',
  'pfna',
  'slp',
  'diagnostics',
  'governance',
  'codex_motifs',
  'codex_proposals',
  'state_checkpoints',
  'log',
] as const;
export type ArtefactKind = (typeof ARTEFACT_KINDS)[number];

interface KindTraits<IsResult extends boolean = boolean> {
  /** Part of result_digest. */
  readonly isResult: IsResult;
  /** `retain: compact` stores its bytes; of other kinds it stores digest, size and record count. */
  readonly isCompact: boolean;
  /** One JSON document instead of JSONL. */
  readonly isJson: boolean;
}

const RESULT = { isResult: true, isCompact: false, isJson: false } as const;
const KEPT_RESULT = { ...RESULT, isCompact: true } as const;

/** Exhaustive by type: a new kind does not compile until it is decided whether it is part of a result. */
const TRAITS: { readonly [K in ArtefactKind]: KindTraits<K extends NonResultKind ? false : true> } = {
  inputs: { isResult: false, isCompact: true, isJson: true },
  umx_ledger: RESULT,
  loom_p_blocks: RESULT,
  loom_i_blocks: RESULT,
  loom_chain: RESULT,
  apx_manifests: KEPT_RESULT,
  apx_candidates: RESULT,
  apxi_views: KEPT_RESULT,
  nap_envelopes: RESULT,
  u_ledger: KEPT_RESULT,
  metrics: { ...KEPT_RESULT, isJson: true },
  pfna: KEPT_RESULT,
  slp: KEPT_RESULT,
  diagnostics: RESULT,
  governance: { ...KEPT_RESULT, isJson: true },
  codex_motifs: RESULT,
  codex_proposals: RESULT,
  state_checkpoints: { isResult: false, isCompact: true, isJson: false },
  log: { isResult: false, isCompact: true, isJson: false },
};

/** Kinds whose bytes `retain: compact` stores. */
export const COMPACT_KINDS: readonly ArtefactKind[] = kindsThat(({ isCompact }) => isCompact);

const JSON_KINDS: readonly string[] = kindsThat(({ isJson }) => isJson);

function kindsThat(holds: (traits: KindTraits) => boolean): readonly ArtefactKind[] {
  return ARTEFACT_KINDS.filter((kind) => holds(TRAITS[kind]));
}

/** True for a kind that is one JSON document instead of JSONL. */
export function isJsonKind(kind: string): boolean {
  return JSON_KINDS.includes(kind);
}

/** Ticks of a part of an artefact. */
export interface ChunkSpan {
  readonly records: number;
  /** 0 if records have no tick. */
  readonly first_tick: number;
  readonly last_tick: number;
}

/**
 * Receives the bytes of a run in record-aligned chunks, in order per kind. The bytes are only valid during
 * the call. For an empty artefact only `open` is called. `isLast`: the kind has no more chunks; the last
 * chunk may also come without it.
 */
export interface RunSink {
  /** Declares that the run has an artefact of this kind, possibly empty. */
  open(kind: ArtefactKind): void;
  chunk(kind: ArtefactKind, bytes: Uint8Array, span: ChunkSpan, isLast: boolean): void;
}
