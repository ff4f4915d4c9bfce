import {
  GOVERNANCE_MODES,
  LAYERS,
  TOPOLOGY_OPS,
  type CodexActionMode,
  type Governance,
  type GovernanceMode,
} from '../../lib/engine/inputs.js';
import type { Draw } from './draw.js';

/** The action mode of a governance mode. */
const ACTION_MODES: Readonly<Record<GovernanceMode, CodexActionMode>> = {
  OFF: 'OFF',
  OBSERVE: 'OBSERVE',
  DRY_RUN: 'DRY_RUN',
  ENFORCE: 'GOVERNED_APPLY',
};

/** Any mode, with policies whose limits are near the values of a small run of `edges` edges. */
export function randomGovernance(draw: Draw, edges: number): Governance {
  const governance_mode = draw.pick(GOVERNANCE_MODES);
  const limit = (top: number): number | null => draw.rarely(2, () => draw.int(0, top));
  const id = uniqueIds(draw);
  const gate = draw.oneIn(8);
  return {
    governance_mode,
    codex_action_mode: ACTION_MODES[governance_mode],
    topology_policies: draw.list(0, 2, () => ({
      policy_id: id(),
      max_nodes: limit(5),
      max_edges: limit(5),
      allowed_ops: draw.oneIn(3) ? draw.some(TOPOLOGY_OPS) : TOPOLOGY_OPS,
      description: draw.text('t'),
    })),
    budget_policies: draw.list(0, 3, () => ({
      policy_id: id(),
      max_actions_per_window: limit(5),
      max_proposals_per_window: limit(12),
      max_topology_changes: draw.oneIn(5) ? draw.int(0, edges) : limit(edges * 4),
      notes: draw.text('b'),
    })),
    safety_policies: draw.list(0, 1, () => ({
      policy_id: id(),
      invariants: draw.list(1, 2, () => draw.text('inv')),
      severity: draw.pick(['HARD', 'SOFT'] as const),
      description: draw.text('s'),
    })),
    allowed_layers: gate ? draw.some(LAYERS) : null,
    max_envelopes_per_tick: gate ? draw.pick([null, 0, 1]) : null,
  };
}

/** Unique ids whose declared order differs from the sorted order. */
function uniqueIds(draw: Draw): () => string {
  const used = new Set<string>();
  return () => {
    let id = draw.text(draw.pick(['p', 'P', 'q', '\u{1F600}', '\uFFFD']));
    while (used.has(id)) id += '_';
    used.add(id);
    return id;
  };
}
