import type { BudgetUsage } from '../../../lib/engine/governance/budget.js';
import { DecisionLoop, type Decision, type ProposalAction } from '../../../lib/engine/governance/decision.js';
import type { BudgetPolicy, Governance, TopologyOp, TopologyPolicy } from '../../../lib/engine/inputs.js';
import { OFF } from '../toy-run.js';

/** A topology policy that allows only these operations. */
export const ops = (policy_id: string, allowed_ops: readonly TopologyOp[]): TopologyPolicy => ({
  policy_id,
  max_nodes: null,
  max_edges: null,
  allowed_ops,
  description: '',
});

/** The conditions of a judgement; default ENFORCE without policies. */
export interface Asked {
  readonly mode?: 'OBSERVE' | 'DRY_RUN' | 'ENFORCE';
  readonly topology?: readonly TopologyPolicy[];
  readonly budget?: readonly BudgetPolicy[];
  readonly action?: ProposalAction;
}

/** Judges proposals with the given change counts and returns the usage as well. */
export function judge(
  changes: readonly number[],
  { mode = 'ENFORCE', topology = [], budget = [], action = 'PLACE' }: Asked,
): { decisions: readonly Decision[]; usage: BudgetUsage } {
  const governance: Governance = {
    ...OFF,
    governance_mode: mode,
    codex_action_mode: mode === 'ENFORCE' ? 'GOVERNED_APPLY' : mode,
    topology_policies: topology,
    budget_policies: budget,
  };
  const loop = new DecisionLoop(governance, 'W');
  return { decisions: changes.map((count) => loop.judge(action, count)), usage: loop.usage() };
}

/** An accepted proposal; `changes` is null if nothing is scored. */
export const accepted = (changes: number | null, notes: string[] = []): Decision => ({
  status: 'ACCEPTED',
  governance_status: 'OK',
  violated_policies: [],
  governance_scores: changes === null ? {} : { topology_change_count: changes },
  notes,
});
