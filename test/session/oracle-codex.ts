import type { RunInputs } from '../../lib/engine/inputs.js';
import type { Exact } from './oracle-json.js';
import type { TickStep } from './oracle-umx.js';

/** A signature and its ticks. */
export interface Motif {
  readonly motif_id: string;
  readonly count: bigint;
  readonly last: bigint;
  /** Edges of the graph at its ticks. */
  readonly edges: number;
  readonly record: Exact;
}

interface Seen {
  readonly du: readonly bigint[];
  readonly f_e: readonly bigint[];
  readonly ticks: number[];
}

/** Motifs in ascending order of their signatures. */
export function motifs(inputs: RunInputs, steps: readonly TickStep[]): Motif[] {
  const seen: Seen[] = [];
  for (const step of steps) {
    const du = step.edges.map((e) => e.du);
    const f_e = step.edges.map((e) => e.f_e);
    const same = seen.find((s) => compareLists(s.du, du) === 0 && compareLists(s.f_e, f_e) === 0);
    if (same) same.ticks.push(step.tick);
    else seen.push({ du, f_e, ticks: [step.tick] });
  }
  seen.sort((a, b) => compareLists(a.du, b.du) || compareLists(a.f_e, b.f_e));
  return seen.map((one, at) => motif(inputs, one, `MOTIF_${String(at + 1).padStart(4, '0')}`));
}

function motif({ profile, run }: RunInputs, { du, f_e, ticks }: Seen, motif_id: string): Motif {
  const count = BigInt(ticks.length);
  const first = BigInt(Math.min(...ticks));
  const last = BigInt(Math.max(...ticks));
  const L_self = 2n * BigInt(du.length);
  const record = {
    library_id: `${run.run_id}_LIB`,
    motif_id,
    profile: profile.name,
    source_gid: run.gid,
    source_window_id: run.primary_window_id,
    pattern_descriptor: {
      type: 'edge_flux_pattern_v1',
      edge_ids: du.map((_, e) => BigInt(e + 1)),
      du_signature: du,
      f_e_signature: f_e,
    },
    mdl_stats: { L_self, L_usage: count, L_total: L_self + count, delta_vs_baseline: -count },
    usage_stats: { usage_count: count, first_tick: first, last_tick: last },
    created_at_tick: first,
    last_updated_tick: last,
    meta: { runs: [run.run_id] },
  };
  return { motif_id, count, last, edges: du.length, record };
}

function compareLists(a: readonly bigint[], b: readonly bigint[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at]! !== b[at]!) return a[at]! < b[at]! ? -1 : 1;
  }
  return a.length - b.length;
}
