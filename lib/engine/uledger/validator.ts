import { parseDigest, type Digest } from '../../base/digest.js';

/** First place where a U-ledger disagrees with the stored artefacts. */
export interface BrokenEntry {
  readonly tick: number;
  /** Field of the entry that does not hold. */
  readonly field: string;
  readonly expected: string | number | null;
  readonly found: unknown;
}

/** What the other artefacts say of one tick; hashes are those of the stored records. */
export interface TickEvidence {
  readonly tick: number;
  readonly C_t: number;
  readonly umx_ledger_hash: Digest;
  readonly loom_block_hash: Digest;
  /** Of the tick's DATA envelope. */
  readonly nap_envelope_hash: Digest;
}

/** What a window's manifest says. */
export interface WindowEvidence {
  readonly manifest_check: number;
  readonly apx_manifest_hash: Digest;
}

/** The entry as parsed from storage: nothing in it is trusted. */
export type StoredEntry = Readonly<Record<string, unknown>>;

/**
 * Re-derives the U-ledger chain tick by tick (section 7). Feed ticks in order; the first disagreement is final.
 */
export class ULedgerValidator {
  readonly #windows: ReadonlyMap<string, WindowEvidence>;
  #previous: Digest | null = null;
  #tick = 0;

  /** `windows` maps window ids to what their stored manifests hash to. */
  constructor(windows: ReadonlyMap<string, WindowEvidence>) {
    this.#windows = windows;
  }

  /** Ticks found whole so far. */
  get ticks(): number {
    return this.#tick;
  }

  /** Checks the next entry; `entryHash` is that of its stored bytes. Undefined if it holds. */
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
