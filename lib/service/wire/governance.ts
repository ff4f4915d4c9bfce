import {
  type Infer,
  digest,
  each,
  extended,
  flag,
  id,
  instant,
  integer,
  list,
  mapOf,
  mixed,
  object,
  oneOf,
  orNull,
  text,
} from '../../base/schema.js';
import { named, ref } from './named-schema.js';

/** The presets are the words for the mode in a Governance document. */
export const GOVERNANCE_PRESETS = [
  'OFF',
  'OBSERVE',
  'SUGGEST_ONLY',
  'DRY_RUN',
  'ENFORCE',
  'GOVERNED_APPLY',
] as const;
export type GovernancePreset = (typeof GOVERNANCE_PRESETS)[number];

export const BUDGET_KNOBS = [
  'max_actions_per_window',
  'max_proposals_per_window',
  'max_topology_changes',
] as const;
export type BudgetKnob = (typeof BUDGET_KNOBS)[number];

export const GOVERNANCE_SNAPSHOT = named(
  'GovernanceSnapshot',
  object('The base governance of future runs.', {
    mode: text('Governance mode of scenarios that do not set one.'),
    codex_action_mode: text('Actions of the Codex under that mode.'),
    budget_knobs: mapOf(
      integer('The limit.', { minimum: 0 }),
      'Limits per window; an absent knob is unlimited.',
    ),
    policy_set_hash: digest('Hash of the policy set, as the U-ledger of such a run shows it.'),
    set: list(text('A knob.'), 'Knobs set by the operator; scenarios keep their own values for all others.'),
  }),
);
export type GovernanceSnapshot = Infer<typeof GOVERNANCE_SNAPSHOT>;

const limit = orNull(integer('The limit; null unsets it.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));

/** Body of POST /governance; null unsets a knob. */
export const GOVERNANCE_PATCH = named(
  'GovernancePatch',
  extended(
    object(
      'Knobs to set; null unsets a knob, absent knobs are unchanged.',
      {},
      {
        mode: orNull(oneOf(GOVERNANCE_PRESETS, 'Governance mode.')),
        codex_action_mode: orNull(
          oneOf(GOVERNANCE_PRESETS, 'Governance mode, given as the actions of the Codex.'),
        ),
        budget_knobs: object('Limits per window.', {}, each(BUDGET_KNOBS, limit)),
      },
    ),
    { minProperties: 1 },
  ),
);
export type GovernancePatch = Infer<typeof GOVERNANCE_PATCH>;

const value = (description: string) => mixed(['string', 'integer', 'null'], description);

export const AUDIT_ENTRY = named(
  'AuditEntry',
  object('One change of the base governance.', {
    at: instant('When.'),
    /** The address of the peer, or the name it authenticated with. */
    who: text('Author of the change.'),
    field: text('The knob.'),
    from: value('Its value before; null when it was not set.'),
    to: value('Its value after; null when it is no longer set.'),
  }),
);
export type AuditEntry = Infer<typeof AUDIT_ENTRY>;

/** POST /governance/preview. */
export const GOVERNANCE_PREVIEW = named(
  'GovernancePreview',
  object('The effect of a change.', {
    before: ref(GOVERNANCE_SNAPSHOT),
    after: ref(GOVERNANCE_SNAPSHOT),
    goldens: list(
      object('A golden.', {
        name: id('Run name.'),
        scenario_id: id('Its scenario.'),
        changes: flag('True if future runs would not have the accepted inputs.'),
      }),
      'Every golden of a known scenario.',
    ),
  }),
);
export type GovernancePreview = Infer<typeof GOVERNANCE_PREVIEW>;
