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

/** Kinds that do not enter result_digest: what went in, what retention adds, and what carries timestamps. */
export const NON_RESULT_KINDS: readonly ArtefactKind[] = ['inputs', 'state_checkpoints', 'log'];

/** Kinds whose bytes `retain: compact` keeps; of all others it keeps digest, size and record count. */
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

/** Where a part of an artefact belongs. */
export interface ChunkSpan {
  readonly records: number;
  /** 0 where records carry no tick. */
  readonly first_tick: number;
  readonly last_tick: number;
}

/**
 * Takes the bytes of a run in record-aligned chunks, in order per kind. The bytes are only valid during the call.
 * A kind whose artefact is empty is announced by `open` alone. `isLast`: the kind has no more chunks; the last one may
 * also come without being told so.
 */
export interface RunSink {
  /** Declares that the run has an artefact of this kind, possibly empty. */
  open(kind: ArtefactKind): void;
  chunk(kind: ArtefactKind, bytes: Uint8Array, span: ChunkSpan, isLast: boolean): void;
}
