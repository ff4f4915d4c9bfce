import t from 'tap';
import { loadManifests, overrideFromKey } from '../../lib/config/index.js';
import { problemsOf } from './broken.js';
import { loadProblems, registryOf } from './loaded.js';
import { memoryFiles } from './memory-files.js';
import { MANIFEST, PROFILE, RUN, SAMPLES } from './sample-documents.js';

void t.test('a scenario has every setting, given or by default', (t) => {
  const given = `    id: two
    name: Two
    description: about
    pillars: [umx]
    tags: [x, y]
    runtime_hint: small
    matrix: {ticks: [4, 8], "initial_state[0]": {range: [0, 9, 3]}}
    zip: {run_id: [a, b], profile.C0: {range: [2, 1, -1]}}
    random: {count: 2, seed: 1, over: {nid: [p, q]}}
    include: [{ticks: 6}]
    exclude: [{ticks: 4}]
    repeat: 2
    golden: ../gold/two
    expect: {fault: INT_RANGE}
    retain: compact
    timeout: 2m
    retries: 3
`;
  const registry = registryOf(['sub/m.yaml'], {
    'sub/m.yaml': MANIFEST.replace('  - id: two\n', `  -\n${given}`)
      .replaceAll('r.yaml', '../r.yaml')
      .replace('t.yaml', '../t.yaml')
      .replace('p.yaml', '../p.yaml'),
  });
  t.match(registry.get('two'), {
    name: 'Two',
    description: 'about',
    pillars: ['umx'],
    tags: ['x', 'y'],
    runtime_hint: 'small',
    matrix: { ticks: [4, 8], 'initial_state[0]': { range: [0, 9, 3] } },
    zip: { run_id: ['a', 'b'], 'profile.C0': { range: [2, 1, -1] } },
    random: { count: 2, seed: 1, over: { nid: ['p', 'q'] } },
    include: [{ ticks: 6 }],
    exclude: [{ ticks: 4 }],
    repeat: 2,
    golden: 'gold/two',
    expect: { fault: 'INT_RANGE' },
    retain: 'compact',
    timeout_ms: 120_000,
    retries: 3,
  });
  t.same(
    Object.keys(registry.get('two')?.matrix ?? {}),
    ['ticks', 'initial_state[0]'],
    'axes keep the declared order',
  );
  t.match(registry.get('one'), {
    repeat: 1,
    golden: false,
    expect: 'completed',
    retain: 'full',
    timeout_ms: null,
    retries: 0,
  });
  t.ok(registry.resolve('two').ok);
  t.end();
});

void t.test('durations have a unit', (t) => {
  const ms = (timeout: string): number | null | undefined =>
    registryOf(['m.yaml'], { 'm.yaml': MANIFEST.replace('id: two', `id: two\n    timeout: ${timeout}`) }).get(
      'two',
    )?.timeout_ms;
  t.same(['250ms', '30s', '2m', '1h'].map(ms), [250, 30_000, 120_000, 3_600_000]);
  t.throws(() => ms('500'), /a time with a unit such as 500ms/, 'a bare number is refused');
  t.end();
});

void t.test('a profile replaces settings of every scenario', (t) => {
  const manifest = MANIFEST.replace(
    'name: m',
    'name: m\nprofiles: {ci: {timeout: 5s, repeat: 3}, slow: {}}',
  ).replace('id: two', 'id: two\n    timeout: 1h\n    retries: 2');
  t.match(registryOf(['m.yaml'], { 'm.yaml': manifest }, 'ci').get('two'), {
    timeout_ms: 5000,
    repeat: 3,
    retries: 2,
  });
  t.match(registryOf(['m.yaml'], { 'm.yaml': manifest }).get('two'), { timeout_ms: 3_600_000, repeat: 1 });
  t.same(loadProblems(['m.yaml'], { 'm.yaml': manifest }, 'cj'), [
    '--profile cj:0:0 unknown-profile did you mean "ci"?',
  ]);
  t.end();
});

void t.test('goldens of a scenario are listed for all profiles', (t) => {
  const manifest = MANIFEST.replace(
    'name: m',
    'name: m\nprofiles: {off: {golden: false}, on: {golden: true}, at: {golden: ../gold}, slow: {}}',
  ).replace('id: two', 'id: two\n    golden: ./mine');
  for (const [profile, one, two] of [
    [undefined, false, 'sub/mine'],
    ['off', false, false],
    ['on', true, true],
    ['at', 'gold', 'gold'],
    ['slow', false, 'sub/mine'],
  ] as const) {
    const files = { ...SAMPLES, 'sub/m.yaml': manifest.replace(/\b([rtp])\.yaml/g, '../$1.yaml') };
    const registry = registryOf(['sub/m.yaml'], files, profile);
    t.match(registry.get('one'), { golden: one, goldens: [true, 'gold'] });
    t.match(registry.get('two'), { golden: two, goldens: ['sub/mine', true, 'gold'] });
  }
  t.end();
});

void t.test('defaults apply below every run: maps are merged, other values replaced', (t) => {
  const defaults =
    'defaults:\n  ticks: 99\n  initial_state: [7, 7]\n  logging: {enabled: true, level: warn}\n  profile_path: p.yaml\n';
  const manifest = MANIFEST.replace('name: m\n', `name: m\n${defaults}`)
    .replace('      ticks: 8\n', '      logging: {level: debug}\n')
    .replace('      profile_path: p.yaml\n', '');
  const registry = registryOf(['m.yaml'], { 'm.yaml': manifest });
  const two = registry.resolve('two');
  t.match(two.ok && two.value.run, {
    ticks: 99,
    initial_state: [1, 2],
    logging: { enabled: true, level: 'debug' },
  });
  const one = registry.resolve('one');
  t.match(
    one.ok && one.value.run,
    { ticks: 8, logging: { enabled: true, level: 'warn' } },
    'also under a RunConfig in a separate file',
  );
  t.end();
});

void t.test('a problem of a merged run is reported at the place of the value', (t) => {
  const manifest = MANIFEST.replace(
    'name: m\n',
    'name: m\ndefaults:\n  diagnostics: {overflow_limit: -1}\n  topology_path: t.yaml\n',
  )
    .replace('ticks: 8', 'ticks: 0')
    .replace('      topology_path: t.yaml\n', '');
  t.same(loadProblems(['m.yaml'], { 'm.yaml': manifest }), [
    'm.yaml:5:33 out-of-range',
    'm.yaml:16:14 out-of-range',
  ]);
  t.end();
});

void t.test('paths of defaults are relative to the manifest, those of a RunConfig to its folder', (t) => {
  const files = {
    'runs/one.yaml': RUN.replace('topology_path: t.yaml\n', '')
      .replace('p.yaml', '../p.yaml')
      .replace('f.yaml', '../f.yaml'),
    'm.yaml':
      'v: 1\nkind: BatchManifest\ndefaults: {topology_path: t.yaml}\nscenarios: [{id: one, run_config: runs/one.yaml}]\n',
  };
  t.ok(registryOf(['m.yaml'], files).resolve('one').ok);
  t.end();
});

void t.test('paths in a sweep are relative to the manifest, not to the RunConfig', (t) => {
  const files = {
    'runs/one.yaml': RUN.replace('t.yaml', '../t.yaml')
      .replace('p.yaml', '../p.yaml')
      .replace('f.yaml', '../f.yaml'),
    'profiles/q.yaml': PROFILE.replace('CMP-0', 'CMP-Q'),
    'm.yaml':
      'v: 1\nkind: BatchManifest\nscenarios: [{id: one, run_config: runs/one.yaml, matrix: {profile_path: [profiles/q.yaml]}}]\n',
  };
  const override = overrideFromKey('profile_path', 'profiles/q.yaml', 'one[profile=q]');
  const result = override.ok ? registryOf(['m.yaml'], files).resolve('one', [override.value]) : override;
  t.equal(result.ok && result.value.profile.name, 'CMP-Q');
  t.end();
});

void t.test('an exclusion by a key that is not an axis is reported, because it has no effect', (t) => {
  const manifest = MANIFEST.replace(
    'id: two',
    'id: two\n    matrix: {ticks: [1, 8]}\n    exclude: [{ticks: 1}, {tikcs: 1}, {run_id: x}]',
  );
  t.same(loadProblems(['m.yaml'], { 'm.yaml': manifest }), [
    'm.yaml:9:28 unknown-key did you mean "ticks"?',
    'm.yaml:9:40 unknown-key the nearest known name is "ticks"',
  ]);
  t.end();
});

const PLAIN = 'v: 1, gid: G, run_id: r, topology_path: t.yaml, initial_state: [1, 2]';
const WINDOWS = 'windows: {every: 4, apx_name: X}';

function manifestOf(...scenarios: string[]): string {
  return `v: 1\nkind: BatchManifest\nscenarios:\n${scenarios.map((scenario) => `  - ${scenario}\n`).join('')}`;
}

/** The problems of a sweep without effect: place, pointer and hint. */
function idle(sweep: string): string[] {
  const run = `run: {${PLAIN}, ${WINDOWS}, ticks: 8, profile_path: p.yaml}`;
  const text = manifestOf(`{id: a, ${run}, ${sweep}}`);
  return loadProblems(['m.yaml'], { 'm.yaml': text }).map((told) => told.replace(/^m\.yaml:\d+:\d+ /, ''));
}

void t.test('an entry of exclude that matches nothing is reported', (t) => {
  const matrix = 'matrix: {ticks: [4, 8], nid: [x, y]}';
  t.strictSame(idle(`${matrix}, exclude: [{ticks: 4, nid: x}, {ticks: 8}]`), []);
  for (const [entry, hint] of [
    ['{ticks: 9}', 'the nearest value is 8'],
    ['{run.ticks: 5}', 'the nearest value is 4'],
    ['{ticks: "8"}', 'the axis has the number 8, not the text "8"'],
    ['{ticks: 8, nid: z}', 'did you mean "x"?'],
    ['{ticks: null}', 'did you mean "4"?'],
    ['{nid: [x]}', 'did you mean "x"?'],
  ] as const) {
    const [told = '', ...more] = idle(`${matrix}, exclude: [${entry}]`);
    t.strictSame(more, [], entry);
    t.match(told, /^no-effect/, entry);
    if (!entry.includes('null') && !entry.includes('[')) t.match(told, hint, entry);
  }
  t.match(idle('zip: {ticks: [4, 8], nid: [x, y]}, exclude: [{ticks: 4, nid: y}]'), [
    /^no-effect each of its values is in the sweep, but never together/,
  ]);
  t.match(idle('random: {count: 2, seed: 1, over: {ticks: {range: [4, 80, 4]}}}, exclude: [{ticks: 5}]'), [
    /^no-effect/,
  ]);
  t.end();
});

void t.test('duplicate entries are reported at the later one', (t) => {
  const matrix = 'matrix: {ticks: [4, 8], nid: [x, y]}';
  const done = /^no-effect remove it/;
  t.match(idle(`${matrix}, exclude: [{ticks: 4}, {run.ticks: 4}]`), [done]);
  t.match(idle(`${matrix}, exclude: [{ticks: 4, nid: x}, {ticks: 4}]`), [done]);
  t.strictSame(idle(`${matrix}, exclude: [{ticks: 4}, {nid: x}]`), []);
  t.match(idle(`${matrix}, include: [{ticks: 4}]`), [done]);
  t.match(idle(`${matrix}, include: [{ticks: 4, run_id: q}, {ticks: 4, run_id: q}]`), [done]);
  t.match(idle(`${matrix}, include: [{ticks: 4, run_id: p}, {ticks: 4, run_id: q}]`), [done]);
  t.match(idle(`${matrix}, include: [{ticks: 16, nid: x}, {nid: x, ticks: 16}]`), [done]);
  t.strictSame(
    idle(`${matrix}, include: [{ticks: 16, nid: x}, {ticks: 4, run_id: q}, {nid: x, gid: G}]`),
    [],
  );
  t.match(idle('zip: {ticks: [4, 8, 4], nid: [x, y, x]}'), [/^no-effect remove them from every axis/]);
  t.strictSame(idle('zip: {ticks: [4, 8, 4], nid: [x, y, z]}'), []);
  t.strictSame(idle('random: {count: 2, seed: 1, over: {nid: [x, y, z]}}'), [], 'equal draws are accepted');
  t.end();
});

void t.test('the cells of a sweep are validated; without a sweep the plain run', (t) => {
  const text = manifestOf(
    `{id: a, run: {${PLAIN}, ${WINDOWS}}, matrix: {ticks: [8, 16], profile_path: [p.yaml]}}`,
    `{id: b, run: {${PLAIN}, ${WINDOWS}, ticks: 8}, matrix: {profile_path: [p.yaml, gone.yaml]}}`,
    `{id: c, run: {${PLAIN}, profile_path: p.yaml}, matrix: {ticks: [4, 8], windows: [{every: 4, apx_name: X}, {every: 0, apx_name: X}]}, exclude: [{ticks: 4, windows: {every: 0, apx_name: X}}, {ticks: 8, windows: {every: 0, apx_name: X}}]}`,
    `{id: d, run: {${PLAIN}, profile_path: p.yaml}, matrix: {ticks: {range: [1, 5000]}, "initial_state[0]": {range: [1, 5000]}}}`,
  );
  t.same(problemsOf('m.yaml', text), [
    'file-missing 5:167 /scenarios/1/matrix/profile_path/1',
    'too-many-cells 7:5 /scenarios/3',
  ]);
  const described = registryOf(['m.yaml'], { 'm.yaml': text }).describe('a');
  t.match(
    described,
    { run: { ticks: 8, windows: 2 }, problems: [] },
    'the first cell, the only complete one',
  );
  t.end();
});

void t.test('sweeps of other scenarios are checked beside an invalid scenario', (t) => {
  const text = manifestOf(
    `{id: a, run: {${PLAIN}, ${WINDOWS}}, matrix: {ticks: [8], profile_path: [gone.yaml]}}`,
    `{id: b, run: {${PLAIN}, ${WINDOWS}, ticks: 0, profile_path: p.yaml}}`,
    `{id: c, run: {${PLAIN}, ${WINDOWS}}, matrix: {ticks: [8], profile_path: []}}`,
    `{id: d, run: {${PLAIN}, ${WINDOWS}}, matrix: {ticks: [8], profile_paht: [p.yaml]}}`,
  );
  t.same(problemsOf('m.yaml', text), [
    'file-missing 4:161 /scenarios/0/matrix/profile_path/0',
    'out-of-range 5:131 /scenarios/1/run/ticks',
    'too-few-items 6:160 /scenarios/2/matrix/profile_path',
    'unknown-key 7:146 /scenarios/3/matrix/profile_paht',
  ]);
  t.same(
    loadProblems(['m.yaml'], { 'm.yaml': text }).map((problem) => problem.split(' ')[1]),
    ['file-missing', 'out-of-range', 'too-few-items', 'unknown-key'],
  );
  t.end();
});

void t.test('lengths, steps and counts are reported exactly', (t) => {
  const run = `run: {${PLAIN}, ${WINDOWS}, ticks: 8, profile_path: p.yaml}`;
  const text = manifestOf(
    `{id: a, ${run}, matrix: {ticks: {range: [5, 1]}, "initial_state[0]": {range: [1, 5, -2]}}}`,
    `{id: b, ${run}, zip: {nid: [x, y], run_id: [r]}}`,
    `{id: c, ${run}, random: {count: 4, seed: 1, over: {nid: [x, y], "initial_state[0]": {range: [1, 2]}}}}`,
    `{id: d, ${run}, random: {count: 10, seed: 1, over: {nid: [x, y]}}}`,
    `{id: e, ${run}, random: {count: 1, seed: 1, over: {"initial_state[0]": {range: [-9007199254740991, 9007199254740991]}}}}`,
    `{id: f, ${run}, random: {count: 1, seed: 1, over: {"initial_state[0]": {range: [1, 9007199254740991]}}}}`,
  );
  const loaded = loadManifests(['m.yaml'], memoryFiles({ ...SAMPLES, 'm.yaml': text }));
  t.same(loaded.ok ? [] : loaded.problems.map(({ code, found, expected }) => [code, found, expected]), [
    ['bad-range', 'a step of 1, the default', 'a step < 0'],
    ['bad-range', 'a step of -2', 'a step > 0'],
    ['zip-length', '1 value', '2 values, as "nid" has'],
    ['out-of-range', '10', 'at most 2'],
    [
      'out-of-range',
      '-9007199254740991 to 9007199254740991 in steps of 1',
      'at most 9007199254740991 values',
    ],
  ]);
  t.end();
});
