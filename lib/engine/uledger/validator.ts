import { parseDigest, type Digest } from '../../base/digest.js';

/** First place where a U-ledger disagrees with the stored artefacts. */
export interface BrokenEntry {
  readonly tick: number;
  /** The invalid field of the entry. */
  readonly field: string;
  readonly expected: string | number | null;
  readonly found: unknown;
}

/** Values of one tick in the other artefacts; hashes are those of the stored records. */
export interface TickEvidence {
  readonly tick: number;
  readonly C_t: number;
  readonly umx_ledger_hash: Digest;
  readonly loom_block_hash: Digest;
  /** Hash of the DATA envelope of the tick. */
  readonly nap_envelope_hash: Digest;
}

/** Values of the manifest of a window. */
export interface WindowEvidence {
  readonly manifest_check: number;
  readonly apx_manifest_hash: Digest;
}

/** The entry as parsed from storage: untrusted. */
export type StoredEntry = Readonly<Record<string, unknown>>;

/**
 * Re-derives the U-ledger chain tick by tick (section 7). Feed ticks in order; the first disagreement is final.
 */
export class ULedgerValidator {
  readonly #windows: ReadonlyMap<string, WindowEvidence>;
  #previous: Digest | null = null;
  #tick = 0;

  /** `windows` maps window ids to the hashes of their stored manifests. */
  constructor(windows: ReadonlyMap<string, WindowEvidence>) {
    this.#windows = windows;
  }

  /** Number of valid ticks so far. */
  get ticks(): number {
    return this.#tick;
  }

  /** Checks the next entry; `entryHash` is the hash of its stored bytes. Undefined if the entry is valid. */
  check(entry: StoredEntry, entryHash: Digest, evidence: TickEvidence): BrokenEntry | undefined {
    const tick = this.#tick + 1;
    const window = this.#windows.get(String(entry['window_id']));
    if (window === undefined) {
      return { tick, field: 'window_id', expected: 'a window with a manifest', found: entry['window_id'] };
    }
    const expected: Readonly<Record<string, string | number | null>> = {
      tick,
      prev_entry_hash: this.#previous,
      C_t: evidence.C_t,
      umx_ledger_hash: evidence.umx_ledger_hash,
      loom_block_hash: evidence.loom_block_hash,
      nap_envelope_hash: evidence.nap_envelope_hash,
      manifest_check: window.manifest_check,
      apx_manifest_hash: window.apx_manifest_hash,
    };
    for (const [field, value] of Object.entries(expected)) {
      if (entry[field] !== value) return { tick, field, expected: value, found: entry[field] };
    }
    if (parseDigest(String(entry['policy_set_hash'])) === undefined) {
      return { tick, field: 'policy_set_hash', expected: 'a SHA-256', found: entry['policy_set_hash'] };
    }
    this.#previous = entryHash;
    this.#tick = tick;
    return undefined;
  }
}
