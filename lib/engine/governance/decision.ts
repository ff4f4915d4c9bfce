import type { Governance, TopologyOp } from '../inputs.js';
import { budgetCap, capUsages, type BudgetCap, type BudgetUsage } from './budget.js';

export type ProposalAction = 'PLACE' | 'ADD' | 'MERGE' | 'RETIRE' | 'TUNE';

const REQUIRED_OPS: Readonly<Record<ProposalAction, readonly TopologyOp[]>> = {
  PLACE: ['ADD_NODE', 'ADD_EDGE'],
  ADD: ['ADD_NODE', 'ADD_EDGE'],
  MERGE: ['REWIRE'],
  RETIRE: ['REMOVE_NODE', 'REMOVE_EDGE'],
  TUNE: ['TUNE'],
};

/** The decision of governance about one proposal (section 8). */
export interface Decision {
  readonly status: 'ACCEPTED' | 'REJECTED';
  readonly governance_status: 'OK' | 'HARD_FAIL' | 'SOFT_FAIL';
  readonly violated_policies: readonly string[];
  readonly governance_scores: { readonly topology_change_count?: number };
  readonly notes: readonly string[];
}

interface Evaluation {
  readonly violated: readonly string[];
  readonly notes: string[];
}

/**
 * The decision loop: judges proposals one by one, in order, against the policies and the budget used by
 * earlier proposals.
 */
export class DecisionLoop {
  readonly #governance: Governance;
  readonly #window: string;
  readonly #proposals: BudgetCap;
  readonly #actions: BudgetCap;
  readonly #changes: BudgetCap;
  #seen = 0;
  #accepted = 0;
  #changed = 0;

  /** `window` is the id of the primary window, used in notes. */
  constructor(governance: Governance, window: string) {
    this.#governance = governance;
    this.#window = window;
    const { budget_policies } = governance;
    this.#proposals = budgetCap(budget_policies, 'max_proposals_per_window');
    this.#actions = budgetCap(budget_policies, 'max_actions_per_window');
    this.#changes = budgetCap(budget_policies, 'max_topology_changes');
  }

  /** Judges the next proposal; `changes` is its topology change count. */
  judge(action: ProposalAction, changes: number): Decision {
    const index = this.#seen++;
    const { limit, policy_id } = this.#proposals;
    if (limit !== null && index >= limit) {
      return {
        status: 'REJECTED',
        governance_status: 'SOFT_FAIL',
        violated_policies: policy_id === null ? [] : [policy_id],
        governance_scores: {},
        notes: [this.#reached('max_proposals_per_window', limit)],
      };
    }
    const { violated, notes } = this.#evaluate(action, changes);
    const scores = this.#governance.budget_policies.length > 0 ? { topology_change_count: changes } : {};
    const governance_status = violated.length > 0 ? ('HARD_FAIL' as const) : ('OK' as const);
    const ruling = this.#rule({ violated, notes }, changes);
    return { ...ruling, governance_status, governance_scores: scores };
  }

  usage(): BudgetUsage {
    return {
      proposals_seen: this.#seen,
      actions_accepted: this.#accepted,
      topology_changes_applied: this.#changed,
      caps: capUsages(this.#governance.budget_policies, {
        max_proposals_per_window: this.#seen,
        max_actions_per_window: this.#accepted,
        max_topology_changes: this.#changed,
      }),
    };
  }

  #evaluate(action: ProposalAction, changes: number): Evaluation {
    const violated: string[] = [];
    const notes: string[] = [];
    for (const policy of this.#governance.topology_policies) {
      const missing = REQUIRED_OPS[action].filter((op) => !policy.allowed_ops.includes(op)).sort();
      if (missing.length === 0) continue;
      violated.push(policy.policy_id);
      const list = missing.map((op) => `'${op}'`).join(', ');
      notes.push(`Policy ${policy.policy_id} does not allow required ops: [${list}]`);
    }
    for (const policy of this.#governance.budget_policies) {
      const limit = policy.max_topology_changes;
      if (limit === null || changes <= limit) continue;
      violated.push(policy.policy_id);
      notes.push(`Policy ${policy.policy_id} caps topology changes at ${limit}`);
    }
    return { violated: violated.sort(), notes };
  }

  #rule(
    { violated, notes }: Evaluation,
    changes: number,
  ): Pick<Decision, 'status' | 'violated_policies' | 'notes'> {
    const mode = this.#governance.governance_mode;
    if (mode === 'OBSERVE') {
      notes.push('Governance mode OBSERVE (no actions applied)');
      return { status: 'REJECTED', violated_policies: violated, notes };
    }
    if (violated.length > 0) return { status: 'REJECTED', violated_policies: violated, notes };
    const actionCap = this.#actions.limit;
    const changeCap = this.#changes.limit;
    const tooManyChanges = changeCap !== null && this.#changed + changes > changeCap;
    if ((actionCap === null || this.#accepted < actionCap) && !tooManyChanges) {
      this.#accepted++;
      this.#changed += changes;
      if (mode === 'DRY_RUN') notes.push('Governance mode DRY_RUN (action not applied)');
      return { status: 'ACCEPTED', violated_policies: [], notes };
    }
    if (actionCap !== null) notes.push(this.#reached('max_actions_per_window', actionCap));
    if (tooManyChanges) notes.push(this.#reached('max_topology_changes', changeCap));
    const stopper = tooManyChanges ? this.#changes : this.#actions;
    return { status: 'REJECTED', violated_policies: [stopper.policy_id!], notes };
  }

  #reached(attr: string, limit: number): string {
    return `Budget cap ${attr}=${limit} reached for window ${this.#window}`;
  }
}
