import t from 'tap';
import { expandCells } from '../../lib/batch/expand/expand.js';
import { shortKey } from '../../lib/config/index.js';
import { hashRecord } from '../../lib/base/digest.js';
import { loadManifests } from '../../lib/config/index.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { join } from 'node:path';
import { REPO } from './repo.js';

/** Digest of all names of the shipped manifests, in order; stores and goldens out there have them. */
const NAMES = 'defbecf0769fd7188d8f198563b5bcd51f2660f02a6d95d7dc9227eee94da289';

void t.test('the runs of the shipped manifests keep their names', (t) => {
  const files = ['bench', 'nightly', 'reference'].map((name) => join(REPO, `manifests/${name}.yaml`));
  const loaded = loadManifests(files, nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const names = loaded.value.scenarios.flatMap((scenario) =>
    [...expandCells(scenario.id, scenario)].map(({ name }) => name),
  );
  t.ok(names.length > 1000);
  t.equal(hashRecord(names), NAMES);
  t.end();
});

void t.test('the keys that the shipped sweeps vary keep their short forms', (t) => {
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
