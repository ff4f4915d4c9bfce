import type { BudgetPolicy, Governance, RunInputs } from '../../lib/engine/inputs.js';
import type { Motif } from './oracle-codex.js';
import { byCodeUnit, recordHash, type Exact } from './oracle-json.js';

/** Limits of a budget policy, in the order in which usage lists them. */
const ATTRS = ['max_proposals_per_window', 'max_actions_per_window', 'max_topology_changes'] as const;
type Attr = (typeof ATTRS)[number];

/** The result of the decision loop. */
export interface Judged {
  readonly proposals: readonly Exact[];
  readonly usage: { readonly [key: string]: Exact };
  readonly exhausted: readonly Exact[];
}

interface Verdict {
  status: string;
  governance_status: string;
  violated: string[];
  notes: string[];
  scores: Record<string, Exact>;
}

/** Digest of the effective policy set. */
export function policyHash(g: Governance): string {
  const sorted = <P extends { policy_id: string }>(policies: readonly P[]): P[] =>
    [...policies].sort((a, b) => byCodeUnit(a.policy_id, b.policy_id));
  const limit = (n: number | null): bigint | null => (n === null ? null : BigInt(n));
  return recordHash({
    governance_mode: g.governance_mode,
    codex_action_mode: g.codex_action_mode,
    topology_policies: sorted(g.topology_policies).map((p) => ({
      policy_id: p.policy_id,
      max_nodes: limit(p.max_nodes),
      max_edges: limit(p.max_edges),
      allowed_ops: p.allowed_ops,
      description: p.description,
    })),
    budget_policies: sorted(g.budget_policies).map((p) => ({
      policy_id: p.policy_id,
      max_actions_per_window: limit(p.max_actions_per_window),
      max_proposals_per_window: limit(p.max_proposals_per_window),
      max_topology_changes: limit(p.max_topology_changes),
      notes: p.notes,
    })),
    safety_policies: sorted(g.safety_policies).map((p) => ({
      policy_id: p.policy_id,
      invariants: p.invariants,
      severity: p.severity,
      description: p.description,
    })),
  });
}

/** Lowest limit of a kind, and the policy that defines it. */
function capOf(
  policies: readonly BudgetPolicy[],
  attr: Attr,
): { limit: number | null; policy: string | null } {
  const limits = policies.map((p) => p[attr]).filter((n) => n !== null);
  if (limits.length === 0) return { limit: null, policy: null };
  const limit = Math.min(...limits);
  return { limit, policy: policies.find((p) => p[attr] === limit)!.policy_id };
}

/** Judges one proposal per motif, in order; every proposal of this engine is a PLACE over all edges. */
export function judge(inputs: RunInputs, found: readonly Motif[]): Judged {
  const { governance } = inputs;
  const tally = { accepted: 0, changed: 0 };
  const proposals = found.map((motif, index) => {
    const verdict = decide(inputs, { index, changes: motif.edges }, tally);
    if (verdict.status === 'ACCEPTED') {
      tally.accepted++;
      tally.changed += motif.edges;
    }
    return proposalRecord(inputs, motif, { verdict, index });
  });
  const used = [found.length, tally.accepted, tally.changed];
  const caps = ATTRS.map((attr, at) => {
    const { limit, policy } = capOf(governance.budget_policies, attr);
    const exhausted = limit !== null && used[at]! >= limit;
    return {
      attr,
      limit: limit === null ? null : BigInt(limit),
      used: BigInt(used[at]!),
      exhausted,
      policy_id: policy,
    };
  });
  const usage = {
    proposals_seen: BigInt(found.length),
    actions_accepted: BigInt(tally.accepted),
    topology_changes_applied: BigInt(tally.changed),
    caps,
  };
  return { proposals, usage, exhausted: caps.filter((c) => c.exhausted) };
}

function decide(
  inputs: RunInputs,
  { index, changes }: { readonly index: number; readonly changes: number },
  tally: { accepted: number; changed: number },
): Verdict {
  const { governance, run } = inputs;
  const window = run.primary_window_id;
  const [seen, actions, total] = ATTRS.map((attr) => capOf(governance.budget_policies, attr));
  const reached = (attr: Attr, limit: number): string =>
    `Budget cap ${attr}=${String(limit)} reached for window ${window}`;
  if (seen!.limit !== null && index >= seen!.limit) {
    const notes = [reached('max_proposals_per_window', seen!.limit)];
    return {
      status: 'REJECTED',
      governance_status: 'SOFT_FAIL',
      violated: [seen!.policy!],
      notes,
      scores: {},
    };
  }
  const verdict = evaluate(governance, changes);
  const ok = verdict.governance_status === 'OK';
  if (governance.governance_mode === 'OBSERVE') {
    verdict.notes.push('Governance mode OBSERVE (no actions applied)');
    return verdict;
  }
  const actionStops = actions!.limit !== null && tally.accepted >= actions!.limit;
  const totalStops = total!.limit !== null && tally.changed + changes > total!.limit;
  if (ok && !actionStops && !totalStops) {
    if (governance.governance_mode === 'DRY_RUN')
      verdict.notes.push('Governance mode DRY_RUN (action not applied)');
    return { ...verdict, status: 'ACCEPTED' };
  }
  if (!ok) return verdict;
  if (actions!.limit !== null) verdict.notes.push(reached('max_actions_per_window', actions!.limit));
  if (totalStops) verdict.notes.push(reached('max_topology_changes', total!.limit!));
  return { ...verdict, violated: [totalStops ? total!.policy! : actions!.policy!] };
}

function evaluate(governance: Governance, changes: number): Verdict {
  const violated: string[] = [];
  const notes: string[] = [];
  for (const { policy_id, allowed_ops } of governance.topology_policies) {
    const missing = ['ADD_EDGE', 'ADD_NODE'].filter((op) => !(allowed_ops as readonly string[]).includes(op));
    if (missing.length === 0) continue;
    violated.push(policy_id);
    notes.push(
      `Policy ${policy_id} does not allow required ops: [${missing.map((op) => `'${op}'`).join(', ')}]`,
    );
  }
  for (const { policy_id, max_topology_changes } of governance.budget_policies) {
    if (max_topology_changes === null || max_topology_changes >= changes) continue;
    violated.push(policy_id);
    notes.push(`Policy ${policy_id} caps topology changes at ${String(max_topology_changes)}`);
  }
  violated.sort(byCodeUnit);
  const counted = governance.budget_policies.length > 0;
  return {
    status: 'REJECTED',
    governance_status: violated.length === 0 ? 'OK' : 'HARD_FAIL',
    violated,
    notes,
    scores: counted ? { topology_change_count: BigInt(changes) } : {},
  };
}

function proposalRecord(
  { profile, run }: RunInputs,
  motif: Motif,
  { verdict, index }: { verdict: Verdict; index: number },
): Exact {
  return {
    proposal_id: `PROPOSAL_${String(index + 1).padStart(4, '0')}`,
    library_id: `${run.run_id}_LIB`,
    motif_id: motif.motif_id,
    gid: run.gid,
    target_window_id: run.primary_window_id,
    target_location: {
      edge_ids: Array.from({ length: motif.edges }, (_, e) => BigInt(e + 1)),
      profile: profile.name,
    },
    action: 'PLACE',
    expected_effect: { delta_L_total: -motif.count, notes: 'edge_flux_pattern_v1' },
    budget_effect: {},
    created_at_tick: motif.last,
    status: verdict.status,
    governance_status: verdict.governance_status,
    violated_policies: verdict.violated,
    governance_scores: verdict.scores,
    governance_notes: { notes: verdict.notes },
    evaluated_at_tick: BigInt(run.ticks),
    meta: { runs: [run.run_id] },
  };
}
