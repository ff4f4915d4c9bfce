import type { Json } from '../../base/canonical-json.js';
import type { BudgetPolicy } from '../inputs.js';

const BUDGET_ATTRS = ['max_proposals_per_window', 'max_actions_per_window', 'max_topology_changes'] as const;
export type BudgetAttr = (typeof BUDGET_ATTRS)[number];

/** The smallest limit of one kind over all budget policies, and the policy that sets it. */
export interface BudgetCap {
  /** Null: no policy limits it. */
  readonly limit: number | null;
  /** First budget policy whose limit equals the cap; null without a limit. */
  readonly policy_id: string | null;
}

export interface CapUsage {
  readonly [key: string]: Json;
  readonly attr: BudgetAttr;
  readonly limit: number | null;
  readonly used: number;
  readonly exhausted: boolean;
  readonly policy_id: string | null;
}

export interface BudgetUsage {
  readonly [key: string]: Json;
  readonly proposals_seen: number;
  readonly actions_accepted: number;
  readonly topology_changes_applied: number;
  readonly caps: readonly CapUsage[];
}

/** The cap of one kind. */
export function budgetCap(policies: readonly BudgetPolicy[], attr: BudgetAttr): BudgetCap {
  let best: BudgetPolicy | undefined;
  for (const policy of policies) {
    const limit = policy[attr];
    if (limit !== null && (best === undefined || limit < best[attr]!)) best = policy;
  }
  return { limit: best?.[attr] ?? null, policy_id: best?.policy_id ?? null };
}

/** Usage of every cap, in the order of the contract. */
export function capUsages(
  policies: readonly BudgetPolicy[],
  used: Readonly<Record<BudgetAttr, number>>,
): readonly CapUsage[] {
  return BUDGET_ATTRS.map((attr) => {
    const { limit, policy_id } = budgetCap(policies, attr);
    return { attr, limit, used: used[attr], exhausted: limit !== null && used[attr] >= limit, policy_id };
  });
}
