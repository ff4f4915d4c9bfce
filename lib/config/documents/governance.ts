import { distance } from 'fastest-levenshtein';
import {
  TOPOLOGY_OPS,
  type BudgetPolicy,
  type CodexActionMode,
  type Governance,
  type GovernanceMode,
  type ModeWord,
  type SafetyPolicy,
  type TopologyPolicy,
} from '../../engine/inputs.js';
import { nearest } from '../nearest.js';
import type { GovernanceDocument } from '../schemas/governance.js';
import { childOf, isList, isMap, valueAt, type Path } from '../source/path.js';
import type { CheckContext } from './loaded.js';

const POLICY_LISTS = ['topology_policies', 'budget_policies', 'safety_policies'] as const;

type Policy<L extends (typeof POLICY_LISTS)[number]> = NonNullable<GovernanceDocument[L]>[number];

const META_KEYS = ['allowed_layers', 'max_envelopes_per_tick'];

/**
 * Checks of the block at `base` that a schema cannot express; accepts blocks that do not match their schema.
 */
export function checkGovernance({ view, problems }: CheckContext, base: Path): void {
  const block = valueAt(view.value, base);
  const seen = new Map<string, string>();
  for (const list of POLICY_LISTS) {
    const policies = childOf(block, list);
    if (!isList(policies)) continue;
    policies.forEach((policy, index) => {
      const id = childOf(policy, 'policy_id');
      if (typeof id !== 'string') return;
      const first = seen.get(id);
      if (first === undefined) {
        seen.set(id, `${list}[${String(index)}]`);
        return;
      }
      const message = 'policy ids must be unique over all three lists';
      const hint = `${first} has the same id`;
      problems.at(view, [...base, list, index, 'policy_id'], { code: 'policy-repeated', message, hint });
    });
  }
  checkMetaKeys({ view, problems }, [...base, 'meta'], childOf(block, 'meta'));
}

/** `meta` is free, but a key with a typing error in a known name would be ignored silently. */
function checkMetaKeys(
  { view, problems }: Pick<CheckContext, 'view' | 'problems'>,
  path: Path,
  meta: unknown,
): void {
  if (!isMap(meta)) return;
  for (const key of Object.keys(meta)) {
    const known = nearest(key, META_KEYS);
    if (known === undefined || META_KEYS.includes(key) || distance(key.toLowerCase(), known) > 2) continue;
    const hint = `did you mean "${known}"?`;
    const message = `the key "${key}" would have no effect`;
    problems.at(view, [...path, key], { code: 'unknown-key', message, found: key, hint, part: 'key' });
  }
}

const NO_BLOCK: GovernanceDocument = {};
const built = new WeakMap<GovernanceDocument, Map<boolean, Governance>>();

/** Like `buildGovernance`; returns the same object for all cells of a sweep with the same block. */
export function governanceOf(raw: GovernanceDocument | null | undefined, enableCodex: boolean): Governance {
  const block = raw ?? NO_BLOCK;
  const known = built.get(block) ?? new Map<boolean, Governance>();
  built.set(block, known);
  const governance = known.get(enableCodex) ?? buildGovernance(block, enableCodex);
  known.set(enableCodex, governance);
  return governance;
}

/** The effective policy set. `enableCodex` decides the mode if the block sets none. */
export function buildGovernance(raw: GovernanceDocument, enableCodex: boolean): Governance {
  const word = raw.governance_mode ?? raw.codex_action_mode ?? (enableCodex ? 'OBSERVE' : 'OFF');
  const [governance_mode, codex_action_mode] = MODES[word];
  return {
    governance_mode,
    codex_action_mode,
    topology_policies: (raw.topology_policies ?? []).map(buildTopologyPolicy),
    budget_policies: (raw.budget_policies ?? []).map(buildBudgetPolicy),
    safety_policies: (raw.safety_policies ?? []).map(buildSafetyPolicy),
    allowed_layers: raw.meta?.allowed_layers ?? null,
    max_envelopes_per_tick: raw.meta?.max_envelopes_per_tick ?? null,
  };
}

const MODES: Readonly<Record<ModeWord, readonly [GovernanceMode, CodexActionMode]>> = {
  OFF: ['OFF', 'OFF'],
  OBSERVE: ['OBSERVE', 'OBSERVE'],
  SUGGEST_ONLY: ['OBSERVE', 'OBSERVE'],
  DRY_RUN: ['DRY_RUN', 'DRY_RUN'],
  ENFORCE: ['ENFORCE', 'GOVERNED_APPLY'],
  GOVERNED_APPLY: ['ENFORCE', 'GOVERNED_APPLY'],
};

function buildTopologyPolicy(raw: Policy<'topology_policies'>): TopologyPolicy {
  return {
    policy_id: raw.policy_id,
    max_nodes: raw.max_nodes ?? null,
    max_edges: raw.max_edges ?? null,
    allowed_ops: raw.allowed_ops ?? TOPOLOGY_OPS,
    description: raw.description ?? '',
  };
}

function buildBudgetPolicy(raw: Policy<'budget_policies'>): BudgetPolicy {
  return {
    policy_id: raw.policy_id,
    max_actions_per_window: raw.max_actions_per_window ?? null,
    max_proposals_per_window: raw.max_proposals_per_window ?? null,
    max_topology_changes: raw.max_topology_changes ?? null,
    notes: raw.notes ?? '',
  };
}

function buildSafetyPolicy(raw: Policy<'safety_policies'>): SafetyPolicy {
  return {
    policy_id: raw.policy_id,
    invariants: raw.invariants,
    severity: raw.severity ?? 'HARD',
    description: raw.description ?? '',
  };
}
