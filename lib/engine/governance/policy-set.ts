import { Derived } from '../../base/derived.js';
import { byCodeUnit } from '../../base/code-units.js';
import { hashRecord, type Digest } from '../../base/digest.js';
import type { Json } from '../../base/canonical-json.js';
import type { HashedFields } from '../../base/hashed-fields.js';
import type { BudgetPolicy, Governance, SafetyPolicy, TopologyPolicy } from '../inputs.js';

/** The hashed part of a policy set: each list sorted by policy_id, every field present (section 8). */
export function policySetRecord(governance: Governance): { readonly [key: string]: Json } {
  return {
    governance_mode: governance.governance_mode,
    codex_action_mode: governance.codex_action_mode,
    topology_policies: byId(governance.topology_policies).map(topologyPolicy),
    budget_policies: byId(governance.budget_policies).map(budgetPolicy),
    safety_policies: byId(governance.safety_policies).map(safetyPolicy),
    // The limits on envelopes come from `meta`.
  } satisfies HashedFields<Governance, 'allowed_layers' | 'max_envelopes_per_tick'>;
}

function topologyPolicy({ policy_id, max_nodes, max_edges, allowed_ops, description }: TopologyPolicy) {
  const fields = { policy_id, max_nodes, max_edges, allowed_ops, description };
  return fields satisfies HashedFields<TopologyPolicy>;
}

function budgetPolicy(p: BudgetPolicy) {
  return {
    policy_id: p.policy_id,
    max_actions_per_window: p.max_actions_per_window,
    max_proposals_per_window: p.max_proposals_per_window,
    max_topology_changes: p.max_topology_changes,
    notes: p.notes,
  } satisfies HashedFields<BudgetPolicy>;
}

function safetyPolicy({ policy_id, invariants, severity, description }: SafetyPolicy) {
  return { policy_id, invariants, severity, description } satisfies HashedFields<SafetyPolicy>;
}

/** policy_set_hash; `meta` never enters it. */
export function policySetHash(governance: Governance): Digest {
  return hashes.of(governance);
}

const hashes = new Derived(
  (governance: Governance) => hashRecord(policySetRecord(governance)),
  () => true,
);

/** All policy ids of the set, sorted by code unit. */
export function policyIds(governance: Governance): readonly string[] {
  const { topology_policies, budget_policies, safety_policies } = governance;
  return [...topology_policies, ...budget_policies, ...safety_policies].map((p) => p.policy_id).sort();
}

function byId<T extends { readonly policy_id: string }>(policies: readonly T[]): readonly T[] {
  return [...policies].sort((a, b) => byCodeUnit(a.policy_id, b.policy_id));
}
