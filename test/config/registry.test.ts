import t from 'tap';
import {
  loadManifests,
  loadRunConfigFile,
  overrideFromKey,
  type ScenarioRegistry,
} from '../../lib/config/index.js';
import { loadProblems, registryOf } from './loaded.js';
import { memoryFiles } from './memory-files.js';
import { MANIFEST, REGISTRY, RUN, SAMPLES } from './sample-documents.js';

void t.test('scenarios of all manifests are listed by id', (t) => {
  const registry = registryOf(['m.yaml', 'z.json'], {
    'z.json': '{"v":1,"scenarios":[{"scenario_id":"GF 01","run_config_path":"r.yaml"}]}',
  });
  t.same(
    registry.scenarios.map(({ id }) => id),
    ['gf-01', 'one', 'two'],
  );
  t.match(registry.get('gf-01'), {
    name: 'GF 01',
    manifest: 'z.json',
    run_config: 'r.yaml',
    source: { file: 'z.json', pointer: '/scenarios/0' },
  });
  t.match(registry.get('two'), {
    name: 'two',
    manifest: 'm',
    run_config: null,
    source: { file: 'm.yaml', line: 7, column: 5 },
  });
  t.equal(registry.get('three'), undefined);
  t.same(registry.nearest('twoo')[0], 'two');
  t.end();
});

void t.test('ids are unique over all manifests, and both places are reported', (t) => {
  const other = 'v: 1\nkind: BatchManifest\nscenarios:\n  - {id: one, run_config: r.yaml}\n';
  t.same(loadProblems(['m.yaml', 'n.yaml'], { 'n.yaml': other }), [
    'n.yaml:4:5 scenario-repeated first given at m.yaml:5:5',
  ]);
  t.same(loadProblems(['m.yaml', 'm.yaml']), [], 'a duplicate file is loaded once');
  t.end();
});

void t.test('all invalid documents are reported together', (t) => {
  const broken = MANIFEST.replace('name: m', 'nam: m').replace('ticks: 8', 'ticks: x');
  t.same(
    loadProblems(['m.yaml', 's.yaml', 'gone.yaml'], {
      'm.yaml': broken,
      'r.yaml': RUN.replace('gid: G', 'gid: H'),
      's.yaml': REGISTRY.replace('one', 'reg').replace('v: 1', 'v: 2'),
    }),
    [
      'f.yaml:3:6 gid-mismatch',
      'gone.yaml:0:0 file-missing',
      'm.yaml:3:1 unknown-key did you mean "name"?',
      'm.yaml:14:14 wrong-type',
      'r.yaml:2:6 gid-mismatch',
      's.yaml:1:4 not-allowed-value',
    ],
  );
  t.same(loadProblems(['t.yaml', 'x.yaml'], { 'x.yaml': 'a: 1' }), [
    't.yaml:1:1 unknown-kind',
    'x.yaml:1:1 unknown-kind',
  ]);
  t.end();
});

void t.test('unknown scenarios report the nearest names', (t) => {
  const result = registryOf(['m.yaml']).resolve('twoo');
  t.match(result, {
    ok: false,
    problems: [{ code: 'unknown-scenario', hint: 'similar ids: two, one' }],
  });
  t.end();
});

void t.test('describe summarizes the inputs of a scenario', (t) => {
  const registry = registryOf(['m.yaml'], {
    'm.yaml': MANIFEST.replace('profile_path: p.yaml', 'profile_path: q.yaml'),
  });
  t.match(registry.describe('one')?.run, {
    gid: 'G',
    run_id: 'r',
    ticks: 8,
    nodes: 2,
    edges: 2,
    windows: 2,
    primary_window_id: 'A',
    profile: 'CMP-0',
    accounting: 'mdl-v0',
    governance_mode: 'OFF',
    enable_pfna: true,
  });
  t.match(registry.describe('two'), { run: null, problems: [{ code: 'file-missing' }] });
  t.equal(registry.describe('three'), undefined);
  t.end();
});

void t.test('a single RunConfig is a scenario named by its run_id', (t) => {
  const registry = registryOf(['r.yaml'], {
    'r.yaml': RUN.replace('run_id: r', 'run_id: "Über Run #1"').replace('enable_pfna: true\n', ''),
  });
  t.same(
    registry.scenarios.map(({ id, name }) => [id, name]),
    [['ber-run-1', 'Über Run #1']],
  );
  t.ok(registry.resolve('ber-run-1').ok);
  const files = memoryFiles({ ...SAMPLES });
  const loaded = loadRunConfigFile('r.yaml', files);
  t.match(loaded, { ok: true, value: { scenario: { id: 'r', run_config: 'r.yaml' } } });
  t.match(loadRunConfigFile('m.yaml', files), {
    ok: false,
    problems: [{ code: 'wrong-kind', message: /BatchManifest/ }],
  });
  t.match(loadRunConfigFile('gone.yaml', files), { ok: false, problems: [{ code: 'file-missing' }] });
  t.end();
});

void t.test('runs share documents that their cells do not change', (t) => {
  const registry = registryOf(['m.yaml']);
  const cell = (key: string, value: number): ReturnType<ScenarioRegistry['resolve']> => {
    const override = overrideFromKey(key, value, `cell ${value}`);
    return override.ok ? registry.resolve('one', [override.value]) : override;
  };
  const [a, b, c, d] = [
    cell('initial_state[0]', 1),
    cell('initial_state[0]', 2),
    cell('topology.edges[0].k', 5),
    cell('topology.edges[0].k', 5),
  ];
  if (!a.ok || !b.ok || !c.ok || !d.ok) throw new Error('a cell does not resolve');
  t.equal(a.value.topology, b.value.topology);
  t.equal(a.value.profile, c.value.profile);
  t.equal(a.value.pfna, c.value.pfna);
  t.not(a.value.topology, c.value.topology);
  t.equal(c.value.topology, d.value.topology, 'also one override that is used twice');
  t.equal(a.value.topology.edges[0]?.k, 4, 'the shared document is unchanged');
  t.end();
});

void t.test('each document is read once', (t) => {
  const reads = new Map<string, number>();
  const files = memoryFiles({ ...SAMPLES });
  const counting = {
    ...files,
    read: (path: string) => (reads.set(path, (reads.get(path) ?? 0) + 1), files.read(path)),
  };
  const loaded = loadManifests(['m.yaml'], counting);
  if (!loaded.ok) throw new Error('the sample manifest does not load');
  for (let i = 0; i < 50; i++) for (const id of ['one', 'two']) t.ok(loaded.value.resolve(id).ok);
  t.same([...reads].sort(), [
    ['f.yaml', 1],
    ['m.yaml', 1],
    ['p.yaml', 1],
    ['r.yaml', 1],
    ['t.yaml', 1],
  ]);
  t.end();
});
