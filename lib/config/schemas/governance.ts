import { list, name, oneOf, orNull, safeInteger, text, type Infer } from '../../base/schema.js';
import { LAYERS, MODE_WORDS, TOPOLOGY_OPS } from '../../engine/inputs.js';
import { documentSchema, map, openMap } from './document-schema.js';

const POLICY_ID = name('Name of the policy; unique over all three lists.', { examples: ['budget-1'] });

const TOPOLOGY_POLICY = map(
  'Changes of the graph that proposals may make.',
  {
    policy_id: POLICY_ID,
    max_nodes: orNull(safeInteger('Recorded and hashed; not evaluated.', { minimum: 0 })),
    max_edges: orNull(safeInteger('Recorded and hashed; not evaluated.', { minimum: 0 })),
    allowed_ops: orNull(
      list(oneOf(TOPOLOGY_OPS, 'An operation.'), 'Operations a proposal may need.', {
        default: TOPOLOGY_OPS,
      }),
    ),
    description: orNull(text('For people.', { default: '' })),
  },
  ['policy_id'],
);

const BUDGET_POLICY = map(
  'Limits on proposals, actions and changes per window.',
  {
    policy_id: POLICY_ID,
    max_actions_per_window: orNull(safeInteger('Actions accepted per window.', { minimum: 0 })),
    max_proposals_per_window: orNull(safeInteger('Proposals judged per window.', { minimum: 0 })),
    max_topology_changes: orNull(safeInteger('Edges changed per window.', { minimum: 0 })),
    notes: orNull(text('For people.', { default: '' })),
  },
  ['policy_id'],
);

const SAFETY_POLICY = map(
  'Invariants that are recorded and hashed; not evaluated.',
  {
    policy_id: POLICY_ID,
    invariants: list(name('An invariant as text.'), 'Condition that must be true.', { minItems: 1 }),
    severity: orNull(oneOf(['HARD', 'SOFT'], 'Severity of a violation.', { default: 'HARD' })),
    description: orNull(text('For people.', { default: '' })),
  },
  ['policy_id', 'invariants'],
);

/** The governance block of a RunConfig; the separate document has the same keys. */
export const GOVERNANCE_BLOCK = map('The policy set for proposals and envelopes.', {
  gid: orNull(name('Graph the set is for; checked when given.')),
  run_id: orNull(name('Run the set is for; checked when given.')),
  governance_mode: orNull(oneOf(MODE_WORDS, 'Mode of governance; overrides codex_action_mode.')),
  codex_action_mode: orNull(oneOf(MODE_WORDS, 'Mode of governance, used if governance_mode is absent.')),
  topology_policies: orNull(list(TOPOLOGY_POLICY, 'Limits on operations.')),
  budget_policies: orNull(list(BUDGET_POLICY, 'Limits on numbers.')),
  safety_policies: orNull(list(SAFETY_POLICY, 'Stated invariants.')),
  meta: orNull(
    openMap('Limits on envelopes and free notes; not hashed.', {
      allowed_layers: orNull(
        list(oneOf(LAYERS, 'A layer.'), 'Layers a DATA envelope may use.', {
          default: LAYERS,
        }),
      ),
      max_envelopes_per_tick: orNull(safeInteger('DATA envelopes allowed per tick.', { minimum: 0 })),
    }),
  ),
});

/** Governance: the policy set for proposals and envelopes. */
export const GOVERNANCE_SCHEMA = documentSchema('governance', 'Governance', GOVERNANCE_BLOCK);
export type GovernanceDocument = Infer<typeof GOVERNANCE_SCHEMA>;
