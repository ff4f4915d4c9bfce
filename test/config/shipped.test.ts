import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import t from 'tap';
import { loadManifests, renderProblem, validateFile } from '../../lib/config/index.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { REPO } from './repo.js';

const FOLDERS = [
  'profiles',
  'topologies',
  'manifests',
  'manifests/aeon',
  'manifests/pfna',
  'manifests/slp',
  'docs/examples',
];

function documentsIn(folder: string): string[] {
  const names = readdirSync(join(REPO, folder)).sort();
  return names.filter((name) => /\.(yaml|json)$/.test(name)).map((name) => join(REPO, folder, name));
}

void t.test('every shipped document is valid', (t) => {
  for (const file of FOLDERS.flatMap(documentsIn)) {
    const { kind, problems } = validateFile(file, nodeDocumentFiles);
    t.same(
      problems.map((problem) => renderProblem(problem, nodeDocumentFiles)),
      [],
      `${relative(REPO, file)} (${kind})`,
    );
  }
  t.end();
});

void t.test('there is an example of every kind of document', (t) => {
  const kinds = documentsIn('docs/examples').map((file) => validateFile(file, nodeDocumentFiles).kind);
  t.same([...new Set(kinds)].sort(), [
    'AEON',
    'BatchManifest',
    'Governance',
    'PFNA',
    'Profile',
    'Project',
    'RunConfig',
    'SLP',
    'ScenarioRegistry',
    'TopologyProfile',
  ]);
  t.end();
});

void t.test('the shipped manifests load together', (t) => {
  const loaded = loadManifests(documentsIn('manifests'), nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const ids = loaded.value.scenarios.filter(({ tags }) => tags.includes('reference')).map(({ id }) => id);
  t.same(ids, [
    'apxi-demo',
    'cmp-1-selection',
    'cmp-2-selection',
    'gf01',
    'gf02-grid',
    'governed-codex',
    'int-range',
    'line-4',
    'link-failure',
    'pfna-demo',
    'ring-5',
    'star-5',
    'visitor',
  ]);
  t.match(loaded.value.get('int-range'), { expect: { fault: 'INT_RANGE' } });
  const profiles = ['gf01', 'cmp-1-selection', 'cmp-2-selection'].map(
    (id) => loaded.value.describe(id)?.run?.profile,
  );
  t.same(profiles, ['CMP-0', 'CMP-1', 'CMP-2'], 'the run selects its profile');
  t.end();
});

void t.test('GF-01 is the published graph', (t) => {
  const loaded = loadManifests([join(REPO, 'manifests/reference.yaml')], nodeDocumentFiles);
  const resolved = loaded.ok ? loaded.value.resolve('gf01') : loaded;
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const { topology, profile, run } = resolved.value;
  const edges = topology.edges.map(({ i, j, k }) => `${i}-${j} ${k}`);
  t.same(edges, ['1-2 1', '1-4 2', '1-6 1', '2-3 1', '2-5 2', '3-4 1', '4-5 1', '5-6 1']);
  t.match(topology, { N: 6, SC: 32, topology_version: 'v1', causal_radius: 0 });
  t.match(profile, {
    modulus_M: 1000000007,
    C0: 1234567,
    SC: 32,
    I_block_spacing_W: 8,
    chain_a: 17,
    chain_b: 23,
    s_t_rule: { mode: 'prime_weighted' },
  });
  t.same(profile.press_defaults, { preferred_schemes: ['R', 'GR', 'ID'], accounting: 'mdl-v0', gr_max_p: 4 });
  t.match(run, {
    ticks: 8,
    nid: 'N/A',
    initial_state: [3, 1, 0, 0, 0, 0],
    primary_window_id: 'GF01_W1_ticks_1_8',
  });
  t.same(
    run.windows.map(({ window_id, apx_name, start_tick, end_tick }) => [
      window_id,
      apx_name,
      start_tick,
      end_tick,
    ]),
    [
      ['GF01_W1_ticks_1_8', 'GF01_APX_v0_full_window', 1, 8],
      ['GF01_W1_ticks_1_2', 'GF01_APX_v0_ticks_1_2', 1, 2],
    ],
  );
  t.end();
});

void t.test('GF-02 joins each node of the grid to its neighbours, numbered in order', (t) => {
  const loaded = loadManifests([join(REPO, 'manifests/reference.yaml')], nodeDocumentFiles);
  const resolved = loaded.ok ? loaded.value.resolve('gf02-grid') : loaded;
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const wanted: string[] = [];
  for (let i = 1; i <= 9; i++) {
    if (i % 3 !== 0) wanted.push(`${i}-${i + 1}`);
    if (i <= 6) wanted.push(`${i}-${i + 3}`);
  }
  const { edges } = resolved.value.topology;
  t.same(
    edges.map(({ i, j }) => `${i}-${j}`),
    wanted,
  );
  t.ok(edges.every(({ k, cap }) => k === 1 && cap === 8));
  t.same(resolved.value.run.initial_state, [0, 0, 0, 0, 64, 0, 0, 0, 0]);
  t.end();
});
