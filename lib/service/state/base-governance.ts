import pLimit from 'p-limit';
import { buildGovernance } from '../../config/documents/governance.js';
import { policySetHash } from '../../engine/governance/policy-set.js';
import type { BudgetPolicy, Governance, ModeWord } from '../../engine/inputs.js';
import { MODE_WORDS } from '../../engine/inputs.js';
import type { Json } from '../../base/canonical-json.js';
import { etagOf, requireMatch } from '../http/etag.js';
import {
  BUDGET_KNOBS,
  type AuditEntry,
  type GovernancePatch,
  type GovernanceSnapshot,
} from '../wire/governance.js';
import { Refusal } from '../refusal.js';
import { readGovernance, type GovernanceDocument, type GovernanceKnobs } from './governance-document.js';
import type { StateDirectory } from './state-directory.js';

const DOCUMENT = 'governance';
/** Id of the policy with the limits of the operator. */
const POLICY_ID = 'operator-base';

/**
 * The base governance of future runs: knobs that override the documents of a scenario. A limit is an
 * additional budget policy, so it can only tighten the limits of a scenario. Every change is stored in the
 * same document as its audit entry.
 */
export class BaseGovernance {
  readonly #state: StateDirectory;
  #knobs: GovernanceKnobs;
  #audit: readonly AuditEntry[];
  readonly #turn = pLimit(1);

  private constructor(state: StateDirectory, document: GovernanceDocument) {
    this.#state = state;
    const { knobs, audit } = document;
    this.#knobs = knobs;
    this.#audit = audit;
  }

  /**
   * Reads the settings of the operator. A damaged document is replaced by the defaults, with an entry in the
   * audit log.
   */
  static async open(state: StateDirectory, at: string): Promise<BaseGovernance> {
    const { document, isNew } = readGovernance(state, DOCUMENT, at);
    // An error of the disk is reported by the first change.
    if (isNew) await state.write(DOCUMENT, document).catch(() => undefined);
    return new BaseGovernance(state, document);
  }

  get knobs(): GovernanceKnobs {
    return this.#knobs;
  }

  /** Oldest first. */
  get audit(): readonly AuditEntry[] {
    return this.#audit;
  }

  get etag(): string {
    return etagOf(DOCUMENT, JSON.stringify(this.#knobs), String(this.#audit.length));
  }

  snapshot(): GovernanceSnapshot {
    return snapshotOf(this.#knobs);
  }

  /**
   * Sets knobs, with an entry in the audit log for each change. Changes are serialised.
   *
   * @throws Refusal precondition-required, precondition-failed, invalid-document
   */
  change(patch: GovernancePatch, by: ChangedBy): Promise<void> {
    return this.#turn(() => this.#change(patch, by));
  }

  async #change(patch: GovernancePatch, { who, at, if_match }: ChangedBy): Promise<void> {
    requireMatch(if_match, this.etag);
    const knobs = patched(this.#knobs, patch);
    const audit = [...this.#audit, ...changes(this.#knobs, knobs).map((change) => ({ at, who, ...change }))];
    if (audit.length === this.#audit.length) return;
    await this.#state.write(DOCUMENT, { v: 1, knobs, audit });
    this.#knobs = knobs;
    this.#audit = audit;
  }
}

/** Author and time of a change, and the version that was read. */
export interface ChangedBy {
  readonly who: string;
  readonly at: string;
  readonly if_match: string | undefined;
}

/** The knobs after a change. */
export function patched(knobs: GovernanceKnobs, patch: GovernancePatch): GovernanceKnobs {
  const limits = BUDGET_KNOBS.map((knob) => {
    const limit = patch.budget_knobs?.[knob];
    return [knob, limit === undefined ? knobs.budget[knob] : (limit ?? undefined)] as const;
  });
  const budget = Object.fromEntries(limits.filter(([, limit]) => limit !== undefined));
  return { mode: patchedMode(knobs, patch), budget };
}

/** The two mode fields are one knob: each governance mode has its Codex mode. */
function patchedMode(knobs: GovernanceKnobs, { mode, codex_action_mode }: GovernancePatch): ModeWord | null {
  if (mode === undefined && codex_action_mode === undefined) return knobs.mode;
  const chosen = mode === undefined ? codex_action_mode : mode;
  const both = mode !== undefined && codex_action_mode !== undefined;
  if (both && pairOf(mode) !== pairOf(codex_action_mode)) {
    throw new Refusal('invalid-document', 'The mode and the Codex action mode contradict each other', {
      errors: [{ pointer: '/codex_action_mode', detail: `cannot be combined with mode ${String(mode)}` }],
    });
  }
  return MODE_WORDS.find((word) => word === chosen) ?? null;
}

function pairOf(word: string | null): string | null {
  const known = MODE_WORDS.find((candidate) => candidate === word);
  return known === undefined ? null : buildGovernance({ governance_mode: known }, false).governance_mode;
}

type Change = Pick<AuditEntry, 'field' | 'from' | 'to'>;

function changes(from: GovernanceKnobs, to: GovernanceKnobs): Change[] {
  const list: Change[] = [];
  if (from.mode !== to.mode) list.push({ field: 'mode', from: from.mode, to: to.mode });
  for (const knob of BUDGET_KNOBS) {
    const [before, after] = [from.budget[knob] ?? null, to.budget[knob] ?? null];
    if (before !== after) list.push({ field: `budget_knobs.${knob}`, from: before, to: after });
  }
  return list;
}

/** The policy set of a scenario without governance. */
function baseSet(knobs: GovernanceKnobs): Governance {
  const budget_policies = Object.keys(knobs.budget).length === 0 ? [] : [budgetPolicy(knobs)];
  return buildGovernance({ governance_mode: knobs.mode, budget_policies }, false);
}

export function snapshotOf(knobs: GovernanceKnobs): GovernanceSnapshot {
  const set = baseSet(knobs);
  return {
    mode: set.governance_mode,
    codex_action_mode: set.codex_action_mode,
    budget_knobs: knobs.budget,
    policy_set_hash: policySetHash(set),
    set: [
      ...(knobs.mode === null ? [] : ['mode']),
      ...BUDGET_KNOBS.filter((knob) => knobs.budget[knob] !== undefined),
    ],
  };
}

function budgetPolicy({ budget }: GovernanceKnobs): BudgetPolicy {
  return {
    policy_id: POLICY_ID,
    max_actions_per_window: budget.max_actions_per_window ?? null,
    max_proposals_per_window: budget.max_proposals_per_window ?? null,
    max_topology_changes: budget.max_topology_changes ?? null,
    notes: '',
  };
}

/**
 * The values that the knobs set in the documents of a run, by override key; only values that differ from the
 * documents.
 */
export function governanceOverrides(knobs: GovernanceKnobs, own: Governance): Readonly<Record<string, Json>> {
  const overrides: Record<string, Json> = {};
  if (knobs.mode !== null && pairOf(knobs.mode) !== own.governance_mode) {
    overrides['governance.governance_mode'] = knobs.mode;
  }
  if (Object.keys(knobs.budget).length > 0) {
    const others = own.budget_policies.filter(({ policy_id }) => policy_id !== POLICY_ID);
    overrides['governance.budget_policies'] = [...others, budgetPolicy(knobs)].map((policy) => ({
      ...policy,
    }));
  }
  return overrides;
}
