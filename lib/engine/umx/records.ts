import { count, flag, list, oneOf, record, safeInteger, text, type Infer } from '../../base/schema.js';

const EDGE_ROW = record('Flux of one edge.', {
  e_id: count('The edge.'),
  i: count('Node the flux leaves when positive.'),
  j: count('Node the flux enters when positive.'),
  du: safeInteger('Difference of its ends.'),
  raw: safeInteger('Requested flux, after the epsilon cap.'),
  cap: safeInteger('Effective cap.'),
  f_e: safeInteger('Amount moved from `i` to `j`; negative in the other direction.'),
});

/** Schema of tick ledgers. */
export const TICK_LEDGER = record('Tick ledger of UMX (engine contract, section 3).', {
  tick: count('The tick, from 1.'),
  sum_pre_u: safeInteger('Sum of `pre_u`.'),
  sum_post_u: safeInteger('Sum of `post_u`; equal to it.'),
  z_check: safeInteger('The conserved sum, checked every tick.'),
  pre_u: list(
    safeInteger('Value of a node.'),
    'State before the step, external inputs of the tick included.',
  ),
  edges: list(EDGE_ROW, 'In the order of `e_id`.'),
  post_u: list(safeInteger('Value of a node.'), 'State after the step.'),
  nap_ref: text('Reference of the topology, or an empty text.'),
  causal_radius_applied: flag('True if a causal radius clamped a difference.'),
  epsilon_applied: flag('True if the epsilon cap cut a flux.'),
  policy_notes: list(
    oneOf(['causal_radius_clamped', 'epsilon_cap_applied'], 'A note.'),
    'The limits that applied, in this order.',
  ),
});
/** Tick-ledger record of the contract (section 3). */
export type TickLedger = Infer<typeof TICK_LEDGER>;

/** Schema of diagnostics. */
export const DIAGNOSTICS_RECORD = record('Checks of a tick, if the RunConfig has a diagnostics block.', {
  tick: count('The tick.'),
  min_u: safeInteger('Least node value after the tick.'),
  max_u: safeInteger('Greatest node value.'),
  negatives: count('Nodes with a negative value after the tick.'),
  overflows: count('Nodes with |u| above overflow_limit; 0 without a limit.'),
  violations: list(text('A violation.'), 'Findings of the checks.'),
});
/** One record per tick if the RunConfig has a diagnostics block (section 3). */
export type DiagnosticsRecord = Infer<typeof DIAGNOSTICS_RECORD>;
