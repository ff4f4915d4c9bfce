import type { DocumentKind } from './schemas/index.js';
import { childOf, isList, isMap } from './source/path.js';

/** Keys that identify a kind, the most specific kinds first. */
const TELLING: readonly (readonly [DocumentKind, readonly string[]])[] = [
  ['RunConfig', ['topology_path', 'profile_path', 'initial_state', 'windows', 'primary_window_id']],
  ['AEON', ['base_windows', 'derived_windows']],
  ['SLP', ['events']],
  ['PFNA', ['entries', 'pfna_id']],
  ['TopologyProfile', ['edges', 'nodes', 'N']],
  ['Profile', ['modulus_M', 'I_block_spacing_W', 'chain_rule', 's_t_rule', 'press_defaults']],
  [
    'Governance',
    ['governance_mode', 'codex_action_mode', 'topology_policies', 'budget_policies', 'safety_policies'],
  ],
];

/** The kind of a document, derived from its keys; undefined if they do not identify one. */
export function detectKind(value: unknown): DocumentKind | undefined {
  if (!isMap(value)) return undefined;
  if (Object.hasOwn(value, 'kind')) return value['kind'] === 'Project' ? 'Project' : 'BatchManifest';
  if (Object.hasOwn(value, 'scenarios')) return isManifest(value) ? 'BatchManifest' : 'ScenarioRegistry';
  return TELLING.find(([, keys]) => keys.some((key) => Object.hasOwn(value, key)))?.[0];
}

/** A manifest without its `kind` is recognised by keys that only manifests have. */
function isManifest(value: Readonly<Record<string, unknown>>): boolean {
  if (Object.hasOwn(value, 'defaults') || Object.hasOwn(value, 'profiles')) return true;
  const scenarios = value['scenarios'];
  return isList(scenarios) && scenarios.some((scenario) => childOf(scenario, 'id') !== undefined);
}
