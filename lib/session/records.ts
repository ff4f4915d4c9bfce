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

/** Kinds that are not part of result_digest: inputs, additions of retention, and kinds with timestamps. */
export const NON_RESULT_KINDS: readonly ArtefactKind[] = ['inputs', 'state_checkpoints', 'log'];

/** Kinds whose bytes `retain: compact` stores; for all others it stores digest, size and record count. */
export const COMPACT_KINDS: readonly ArtefactKind[] = [
  'inputs',
  'apx_manifests',
  'apxi_views',
  'u_ledger',
  'metrics',
  'pfna',
  'slp',
  'governance',
  'state_checkpoints',
  'log',
];

const JSON_KINDS: readonly string[] = ['inputs', 'metrics', 'governance'] satisfies ArtefactKind[];

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
