import {
  digest,
  id,
  instant,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  orNull,
  ref,
  text,
  type WireSchema,
} from './schema.js';

/** The presets are the words a Governance document may use for its mode. */
export const GOVERNANCE_PRESETS = [
  'OFF',
  'OBSERVE',
  'SUGGEST_ONLY',
  'DRY_RUN',
  'ENFORCE',
  'GOVERNED_APPLY',
] as const;

export const BUDGET_KNOBS = [
  'max_actions_per_window',
  'max_proposals_per_window',
  'max_topology_changes',
] as const;
export type BudgetKnob = (typeof BUDGET_KNOBS)[number];

/** The base governance in force for runs started from now on. */
export interface GovernanceSnapshot {
  readonly mode: string;
  readonly codex_action_mode: string;
  readonly budget_knobs: Readonly<Record<string, number>>;
  readonly policy_set_hash: string;
  /** Knobs the operator has set; scenarios keep their own values for all others. */
  readonly set: readonly string[];
}

export const GOVERNANCE_SNAPSHOT: WireSchema = object(
  'The base governance in force for runs started from now on.',
  {
    mode: text('Governance mode; what scenarios without governance of their own get.'),
    codex_action_mode: text('What the Codex may do under that mode.'),
    budget_knobs: mapOf(
      integer('The limit.', { minimum: 0 }),
      'Limits per window; one that is absent is not limited.',
    ),
    policy_set_hash: digest('Hash of the policy set, as the U-ledger of such a run shows it.'),
    set: list(text('A knob.'), 'Knobs the operator has set; scenarios keep their own values for all others.'),
  },
);

/** Body of POST /governance; null takes a knob back. */
export interface GovernancePatch {
  readonly mode?: string | null;
  readonly codex_action_mode?: string | null;
  readonly budget_knobs?: Partial<Readonly<Record<BudgetKnob, number | null>>>;
}

const limit = orNull(
  integer('The limit; null takes it back.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
);

export const GOVERNANCE_PATCH: WireSchema = {
  ...object(
    'Knobs to set; null takes one back, what is left out stays.',
    {},
    {
      mode: orNull(oneOf(GOVERNANCE_PRESETS, 'Governance mode.')),
      codex_action_mode: orNull(oneOf(GOVERNANCE_PRESETS, 'The same by what the Codex may do.')),
      budget_knobs: object(
        'Limits per window.',
        {},
        {
          max_actions_per_window: limit,
          max_proposals_per_window: limit,
          max_topology_changes: limit,
        },
      ),
    },
  ),
  minProperties: 1,
};

/** One change of the base governance. */
export interface AuditEntry {
  readonly at: string;
  /** Who asked: the peer's address, or the name it authenticated with. */
  readonly who: string;
  readonly field: string;
  readonly from: string | number | null;
  readonly to: string | number | null;
}

const value: WireSchema = { type: ['string', 'integer', 'null'] };

export const AUDIT_ENTRY: WireSchema = object('One change of the base governance.', {
  at: instant('When.'),
  who: text('Who asked for it.'),
  field: text('The knob.'),
  from: { ...value, description: 'Its value before; null when it was not set.' },
  to: { ...value, description: 'Its value after; null when it is no longer set.' },
});

/** POST /governance/preview. */
export interface GovernancePreview {
  readonly before: GovernanceSnapshot;
  readonly after: GovernanceSnapshot;
  /** Goldens whose inputs would no longer be the ones that were accepted. */
  readonly goldens: readonly {
    readonly name: string;
    readonly scenario_id: string;
    readonly changes: boolean;
  }[];
}

export const GOVERNANCE_PREVIEW: WireSchema = object('What a change would do.', {
  before: ref('GovernanceSnapshot'),
  after: ref('GovernanceSnapshot'),
  goldens: list(
    object('A golden.', {
      name: id('Run name.'),
      scenario_id: id('Its scenario.'),
      changes: {
        type: 'boolean',
        description: 'True if runs from here would no longer have the accepted inputs.',
      },
    }),
    'Every golden of a known scenario.',
  ),
});
