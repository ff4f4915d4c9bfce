import { configRunId, count, list, oneOf, record, safeInteger, text, type Infer } from '../../base/schema.js';

const META = record('Origin.', { runs: list(configRunId('A run_id.'), 'Runs it was seen in.') });

/** Schema of motifs. */
export const CODEX_MOTIF = record('A learnt pattern of the signatures (engine contract, section 8).', {
  library_id: text('Library of the run.'),
  motif_id: text('Name in the order of the patterns.'),
  profile: text('Name of the profile.'),
  source_gid: text('Graph it was seen in.'),
  source_window_id: text('Primary window.'),
  pattern_descriptor: record('The pattern.', {
    type: text('Kind of pattern.'),
    edge_ids: list(count('An edge.'), 'Its edges.'),
    du_signature: list(safeInteger('A difference.'), 'Difference per edge.'),
    f_e_signature: list(safeInteger('A flux.'), 'Flux per edge.'),
  }),
  mdl_stats: record('Bits of the pattern itself and of its uses.', {
    L_self: count('Bits of the pattern.'),
    L_usage: count('Bits of its uses.'),
    L_total: count('Bits of both.'),
    delta_vs_baseline: safeInteger('Difference from coding without the pattern.'),
  }),
  usage_stats: record('Uses.', {
    usage_count: count('Number of uses.'),
    first_tick: count('First tick.'),
    last_tick: count('Last tick.'),
  }),
  created_at_tick: count('First tick.'),
  last_updated_tick: count('Last tick.'),
  meta: META,
});
/** A learnt pattern of the signatures (section 8). */
export type CodexMotif = Infer<typeof CODEX_MOTIF>;

/** Schema of proposals. */
export const CODEX_PROPOSAL = record(
  'A change that the Codex suggests for one motif, with the decision of governance (engine contract, section 8).',
  {
    proposal_id: text('Name in the order of the motifs.'),
    library_id: text('Library of the run.'),
    motif_id: text('The motif.'),
    gid: text('Graph to change.'),
    target_window_id: text('Primary window.'),
    target_location: record('Edges and profile.', {
      edge_ids: list(count('An edge.'), 'The edges.'),
      profile: text('Name of the profile.'),
    }),
    action: oneOf(['PLACE'], 'Kind of change.'),
    expected_effect: record('Expected effect.', {
      delta_L_total: safeInteger('Change of the bits.'),
      notes: text('Kind of pattern.'),
    }),
    budget_effect: record('Empty.', {}),
    created_at_tick: count('Last tick of the motif.'),
    status: oneOf(['ACCEPTED', 'REJECTED'], 'Decision.'),
    governance_status: oneOf(['OK', 'HARD_FAIL', 'SOFT_FAIL'], 'Decision of governance.'),
    violated_policies: list(text('A policy_id.'), 'Violated policies, sorted.'),
    governance_scores: record(
      'Scores.',
      {},
      { topology_change_count: count('Number of changed edges, if budgets are in force.') },
    ),
    governance_notes: record('Reasons.', { notes: list(text('A note.'), 'Why, in words.') }),
    evaluated_at_tick: count('Last tick of the run.'),
    meta: META,
  },
);
/** A change that the Codex suggests for one motif, with the decision of governance (section 8). */
export type CodexProposal = Infer<typeof CODEX_PROPOSAL>;
