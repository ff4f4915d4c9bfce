import type { ConfigRunId } from '../../base/run-id.js';
import type { RunInputs } from '../inputs.js';
import type { SignatureGroup } from './signature-library.js';
import type { CodexMotif } from './records.js';

export const PATTERN_TYPE = 'edge_flux_pattern_v1';

/** Names common to all motifs and proposals of a run. */
export interface CodexNames {
  readonly library_id: string;
  readonly runs: readonly ConfigRunId[];
}

/** The common names of a run. */
export function codexNames(inputs: RunInputs): CodexNames {
  return {
    library_id: `${inputs.run.run_id}_LIB`,
    runs: [inputs.run.run_id],
  };
}

/** Ids of the edges in the graph at the ticks of a group: always 1 to E. */
export function edgeIds({ du }: SignatureGroup): readonly number[] {
  return Array.from(du, (_, e) => e + 1);
}

/** `MOTIF_0001` for position 0. */
export function ordinal(prefix: string, position: number): string {
  return `${prefix}_${String(position + 1).padStart(4, '0')}`;
}

/** The motif at a position of the sorted library. */
export function motif(
  inputs: RunInputs,
  names: CodexNames,
  group: SignatureGroup,
  position: number,
): CodexMotif {
  const edge_ids = edgeIds(group);
  const L_self = 2 * edge_ids.length;
  return {
    library_id: names.library_id,
    motif_id: ordinal('MOTIF', position),
    profile: inputs.profile.name,
    source_gid: inputs.topology.gid,
    source_window_id: inputs.run.primary_window_id,
    pattern_descriptor: {
      type: PATTERN_TYPE,
      edge_ids,
      du_signature: Array.from(group.du),
      f_e_signature: Array.from(group.f_e),
    },
    mdl_stats: {
      L_self,
      L_usage: group.count,
      L_total: L_self + group.count,
      delta_vs_baseline: -group.count,
    },
    usage_stats: { usage_count: group.count, first_tick: group.first_tick, last_tick: group.last_tick },
    created_at_tick: group.first_tick,
    last_updated_tick: group.last_tick,
    meta: { runs: names.runs },
  };
}
