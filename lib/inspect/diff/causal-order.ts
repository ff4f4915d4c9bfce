import { TickWindows } from '../../engine/gate/tick-windows.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { KeyRank } from '../../base/json-difference.js';
import type { StoredRecord } from '../artefacts/record-chunk.js';
import { tickOf } from '../artefacts/record-chunk.js';

/**
 * The tick at which a record is determined. The ledger, blocks and links of a tick follow from the ticks up
 * to it; a manifest from all ticks of its window; and so do the envelopes and U-ledger entries that contain
 * it, although they have an earlier tick. Ordering differences by this instead of by tick finds the first
 * cause, not the first symptom.
 */
export class CausalOrder {
  readonly #windowEnds: ReadonlyMap<string, number>;
  readonly #endAt: (tick: number) => number;
  readonly #ticks: number;

  constructor(inputs: RunInputs) {
    const { run } = inputs;
    const windows = new TickWindows(run);
    this.#ticks = run.ticks;
    this.#windowEnds = new Map(run.windows.map((w) => [w.window_id, w.end_tick]));
    this.#endAt = (tick) => run.windows[windows.at(tick)]!.end_tick;
  }

  /** The last tick that a record depends on; Infinity for records of the whole run. */
  settledAt(kind: string, record: StoredRecord): number {
    switch (kind) {
      case 'apx_manifests':
      case 'apx_candidates':
      case 'apxi_views':
        return this.#windowEnds.get(String(record['window_id'])) ?? Infinity;
      case 'nap_envelopes':
        // A sequence number beyond the ticks is counted from the length of the run.
        if (Number(record['seq']) > this.#ticks) return Infinity;
        return this.#endAt(Math.max(tickOf(record), 1));
      case 'u_ledger':
        return this.#endAt(Math.max(tickOf(record), 1));
      default:
        return this.tickOf(kind, record) ?? Infinity;
    }
  }

  /** The tick to report for a record; null for records of the whole run. */
  tickOf(kind: string, record: StoredRecord): number | null {
    const tick = record['tick'];
    if (typeof tick === 'number') return tick;
    return /^apxi?_/.test(kind) ? (this.#windowEnds.get(String(record['window_id'])) ?? null) : null;
  }
}

/** Fields in the order of their computation in the engine; others follow. */
const COMPUTED = [
  ...['tick', 'window_id', 'pre_u', 'sum_pre_u', 'edges', 'e_id', 'i', 'j', 'k', 'du', 'cap', 'raw', 'f_e'],
  ...['edge_flux_summary', 'post_u', 'sum_post_u', 'z_check', 's_t', 'prev_chain', 'C_t', 'streams'],
  ...['scheme', 'params', 'L_model', 'L_residual', 'L_total', 'manifest_check', 'payload_ref'],
  ...['umx_ledger_hash', 'loom_block_hash', 'apx_manifest_hash', 'nap_envelope_hash'],
];
const RANKS = new Map(COMPUTED.map((key, rank) => [key, rank]));

/** Orders the members of a record by their computation, so that the first difference is the first cause. */
export const causalRank: KeyRank = (key) => RANKS.get(key) ?? COMPUTED.length;
