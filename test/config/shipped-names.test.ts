import t from 'tap';
import { expandCells } from '../../lib/batch/expand/expand.js';
import { shortKey } from '../../lib/config/index.js';
import { loadManifests } from '../../lib/config/index.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { join } from 'node:path';
import { REPO } from './repo.js';

/** One run of each shipped sweep; existing stores and goldens use these names. */
const NAMES = [
  'bench-long[ticks=1000]',
  'bench-many[initial_state[0]=1]',
  'nightly-chain-rules[ticks=8,mode=prime_weighted]',
  'nightly-gf01-ticks[ticks=8]',
  'nightly-gf02-impulse[ticks=16,initial_state[4]=50]',
  'nightly-governance[budget_policies[0].max_actions_per_window=0,governance_mode=off-83473d7d]',
  'nightly-line-4-accounting[accounting=mdl-v0,edges[0].k=0,gr_max_p=0]',
  'nightly-pfna-scale[clamp_max=10,scale=-4]',
  'nightly-ring-5-profiles[ticks=16,profile=cmp-0,sc=32]',
  'nightly-star-5-states[initial_state[0]=-130,initial_state[1]=170,initial_state[2]=-151,initial_state[3]=-250,i-36ee999855d985a8]',
  'nightly-violations[initial_state[3]=-1000]',
];

void t.test('run names of the shipped manifests do not change', (t) => {
  const files = ['bench', 'nightly', 'reference'].map((name) => join(REPO, `manifests/${name}.yaml`));
  const loaded = loadManifests(files, nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const names = loaded.value.scenarios.flatMap((scenario) =>
    [...expandCells(scenario.id, scenario)].map(({ name }) => name),
  );
  for (const name of NAMES) t.ok(names.includes(name), name);
  t.end();
});

void t.test('keys of the shipped sweeps keep their short forms', (t) => {
  for (const [key, short] of [
    ['ticks', 'ticks'],
    ['profile_path', 'profile'],
    ['topology_path', 'topology'],
    ['topology.SC', 'SC'],
    ['topology.edges[12].k', 'edges[12].k'],
    ['initial_state[0]', 'initial_state[0]'],
    ['profile.s_t_rule.mode', 'mode'],
    ['profile.press_defaults.accounting', 'accounting'],
    ['pfna.transform.scale', 'scale'],
    ['metrics.enabled', 'enabled'],
    ['governance.governance_mode', 'governance_mode'],
  ] as const) {
    t.equal(shortKey(key), short, key);
  }
  t.end();
});
