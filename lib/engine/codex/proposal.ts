import type { Decision } from '../governance/decision.js';
import type { RunInputs } from '../inputs.js';
import { edgeIds, ordinal, PATTERN_TYPE, type CodexNames } from './motif.js';
import type { SignatureGroup } from './signature-library.js';
import type { CodexProposal } from './records.js';

/** The proposal for the motif at a position of the sorted library. */
export function proposal(
  inputs: RunInputs,
  names: CodexNames,
  { group, position, decision }: { group: SignatureGroup; position: number; decision: Decision },
): CodexProposal {
  return {
    proposal_id: ordinal('PROPOSAL', position),
    library_id: names.library_id,
    motif_id: ordinal('MOTIF', position),
    gid: inputs.topology.gid,
    target_window_id: inputs.run.primary_window_id,
    target_location: { edge_ids: edgeIds(group), profile: inputs.profile.name },
    action: 'PLACE',
    expected_effect: { delta_L_total: -group.count, notes: PATTERN_TYPE },
    budget_effect: {},
    created_at_tick: group.last_tick,
    status: decision.status,
    governance_status: decision.governance_status,
    violated_policies: decision.violated_policies,
    governance_scores: decision.governance_scores,
    governance_notes: { notes: decision.notes },
    evaluated_at_tick: inputs.run.ticks,
    meta: { runs: names.runs },
  };
}
