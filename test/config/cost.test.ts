import t from 'tap';
import { validateFile, type DocumentLimits, type Sweep } from '../../lib/config/index.js';
import { SourceText } from '../../lib/config/source/source-text.js';
import { surveyJson } from '../../lib/config/source/json-survey.js';
import { surveyYaml } from '../../lib/config/source/yaml-survey.js';
import { sweepCost } from '../../lib/config/sweep/sweep-cost.js';
import { memoryFiles } from './memory-files.js';

const EDGE = '{"e_id":1,"i":1,"j":2,"k":1,"cap":8}';

function topology(edges: readonly string[]): string {
  return `{"gid":"G","profile":"CMP-0","N":2,"SC":32,"edges":[${edges.join(',\n')}]}`;
}

function problems(file: string, text: string, limits: Partial<DocumentLimits> = {}): string[] {
  const found = validateFile(file, memoryFiles({ [file]: text }), limits).problems;
  return found.map(
    ({ code, line, column, pointer }) => `${code} ${String(line)}:${String(column)} ${pointer}`,
  );
}

void t.test('values are counted before they are built', (t) => {
  t.equal(surveyJson('[1, 2, {"a": "x,y[{:", "b": []}]').weight, 1 + 3 + 3 * 5);
  t.match(surveyJson('{"a": {"b": 1, "c": 2}, "d": "\\\\", "e": "\\","}'), {
    keys: 5,
    widest: 3,
    depth: 2,
    isOdd: false,
  });
  for (const odd of ['[1.0]', '[1e3]', '[1E3]', '[-0]', '["\\ud800"]', '{"\\u0061": 1}'])
    t.ok(surveyJson(odd).isOdd, odd);
  for (const plain of ['[true, false, null]', '["1.5e3 -0"]', '[-1, 10]', '["\\n\\\\u"]'])
    t.notOk(surveyJson(plain).isOdd, plain);
  t.equal(surveyYaml('a: [1, 2, 3]\n'), 1 + 2 + 2 + 2);
  t.equal(surveyYaml('- a\n- b\n- c-d:e\n'), 1 + 3);
  t.end();
});

void t.test('too many values of any kind are refused', (t) => {
  const edges = Array.from({ length: 20 }, () => EDGE);
  const limits = { values: 100 };
  t.same(problems('t.json', topology(edges), limits), ['too-many-values 0:0 ']);
  t.same(problems('t.json', `[${'[],'.repeat(30)}1]`, limits), ['too-many-values 0:0 ']);
  t.same(problems('t.json', `[${'0,'.repeat(200)}1]`, limits), ['too-many-values 0:0 ']);
  t.same(problems('t.yaml', `a: [${'0,'.repeat(200)}1]`, limits), ['too-many-values 0:0 ']);
  t.same(problems('t.yaml', 'a: 1\n'.repeat(60), { yaml_values: 100 }), ['too-many-values 0:0 ']);
  t.same(problems('t.yaml', '- a\n'.repeat(160), { yaml_values: 100 }), ['too-many-values 0:0 ']);
  const keys = Array.from({ length: 30 }, (_, n) => `"k${String(n)}":1`);
  t.same(problems('t.json', `{${keys.join(',')}}`, { map_keys: 20 }), ['too-many-values 0:0 ']);
  t.end();
});

void t.test('all documents of a call share the limit', (t) => {
  const run = {
    v: 1,
    gid: 'G',
    run_id: 'R',
    topology_path: 't.json',
    profile_path: 'p.json',
    ticks: 4,
    initial_state: [1, 2],
    windows: { every: 4, apx_name: 'A' },
  };
  const files = {
    'run.json': JSON.stringify(run),
    't.json': topology([EDGE]),
    'p.json': '{"name":"CMP-0","modulus_M":101,"C0":7,"SC":32,"I_block_spacing_W":8}',
  };
  const codes = (values: number): string[] =>
    validateFile('run.json', memoryFiles(files), { values }).problems.map(
      ({ file, code }) => `${file} ${code}`,
    );
  t.same(codes(1000), []);
  t.same(codes(55), ['p.json too-many-values'], 'each fits, but not all together');
  t.end();
});

void t.test('problems of a large list are located, and the rest is counted', (t) => {
  const edges = Array.from({ length: 1000 }, (_, n) => EDGE.replace('"e_id":1', `"e_id":${String(n + 1)}`));
  t.same(problems('t.json', topology(edges)), []);
  edges[500] = edges[500]!.replace('"k":1', '"k":"1"');
  edges[700] = edges[700]!.replace('"cap":8', '"cup":8');
  t.same(problems('t.json', topology(edges)), [
    'wrong-type 501:29 /edges/500/k',
    'missing-key 701:1 /edges/700',
    'unknown-key 701:31 /edges/700/cup',
  ]);
  const wrong = edges.map((edge) => edge.replace('"i":1', '"i":1.5'));
  const { problems: found } = validateFile('t.json', memoryFiles({ 't.json': topology(wrong) }));
  t.equal(found.length, 201);
  t.match(found.at(-1), {
    code: 'more-problems',
    message: '803 more problems in this document are not shown',
  });
  t.end();
});

void t.test('both JSON readers give the same values', (t) => {
  for (const [text, wanted] of [
    [`{"gid":"G","gid":"H"}`, /duplicate-key 1:12/],
    [`{"gid":"G","__proto__":1}`, /refused-key 1:12/],
    [`{"gid":"G",}`, /syntax 1:12/],
    [`{"gid":"G","N":9007199254740993,"edges":[]}`, /integer-too-large 1:16 \/N/],
    [`{"gid":"G","N":2.0,"edges":[]}`, /not-an-integer 1:16 \/N/],
    [`{"gid":"\\ud800","edges":[]}`, /lone-surrogate 1:8/],
    [` {"\\u0067id": 4, "edges":[]}`, /wrong-type 1:15 \/gid/],
    [` {"gid": 4, "edges":[]}`, /wrong-type 1:10 \/gid/],
    [`${'['.repeat(70)}${']'.repeat(70)}`, /too-deep 1:65/],
  ] as const)
    t.match(problems('t.json', text).join('\n'), wanted, text.slice(0, 60));
  t.end();
});

void t.test('a line ends at any kind of line break', (t) => {
  const source = new SourceText('t', 'a \r\n\r\rb\n\n\r\nlast');
  t.same(
    [1, 2, 3, 4, 5, 6, 7, 8].map((number) => source.line(number)),
    ['a ', '', '', 'b', '', '', 'last', undefined],
  );
  t.equal(new SourceText('t', 'a\n').line(2), '');
  t.equal(new SourceText('t', '').line(1), '');
  t.end();
});

void t.test('the message about a large YAML document suggests JSON', (t) => {
  const hintOf = (text: string, limits: Partial<DocumentLimits>): string | undefined =>
    validateFile('t.yaml', memoryFiles({ 't.yaml': text }), limits).problems[0]?.hint;
  t.match(hintOf('a: 1\n'.repeat(60), { yaml_values: 100 }), /as JSON/);
  t.match(
    hintOf('a: 1\n'.repeat(60), { large_yaml_bytes: 100 }),
    /the limit for a JSON document is \d+ bytes/,
  );
  t.end();
});

void t.test('validation refuses a document that a run refuses for its size', (t) => {
  const limits = { small_bytes: 400 };
  const filler = ' '.repeat(500);
  for (const [kind, text] of [
    [
      'RunConfig',
      `{"v":1,"run_id":"R","gid":"G","ticks":1,"topology_path":"t","profile_path":"p","windows":[]${filler}}`,
    ],
    ['BatchManifest', `{"v":1,"kind":"BatchManifest","name":"n","scenarios":[]${filler}}`],
    ['Profile', `{"name":"P","modulus_M":7,"C0":1,"SC":32,"I_block_spacing_W":8${filler}}`],
  ] as const) {
    const verdict = validateFile('d.json', memoryFiles({ 'd.json': text }), limits);
    t.match(verdict, { kind, problems: [{ code: 'file-too-large', expected: 'at most 400 bytes' }] }, kind);
    t.equal(verdict.problems.length, 1, `${kind}: nothing else is read`);
  }
  const graph = topology([EDGE]).replace('{', `{${filler}`);
  t.same(problems('t.json', graph, limits), [], 'a topology may be large');
  t.end();
});

void t.test('an id has one entry per tick, next to entries of other ids', (t) => {
  const entry = (tick: number, id: string): string =>
    `{"pfna_id":"${id}","tick":${String(tick)},"values":[1]}`;
  const entries = [entry(1, 'a'), entry(1, 'b'), entry(2, 'a'), entry(1, 'b'), entry(1, 'a'), entry(1, 'c')];
  const pfna = `{"v":0,"pfna_id":"p","gid":"G","run_id":"R","nid":"G","entries":[\n${entries.join(',\n')}]}`;
  t.same(problems('p.json', pfna), [
    'entry-repeated 5:12 /entries/3/pfna_id',
    'entry-repeated 6:12 /entries/4/pfna_id',
  ]);
  t.end();
});

/** A sweep over n keys of p values each. */
function sweepOf(keys: number, points: number, more: object): Sweep {
  const values = Array.from({ length: points }, (_, point) => point + 1);
  const names = Array.from({ length: keys }, (_, key) => `initial_state[${String(key)}]`);
  return { matrix: Object.fromEntries(names.map((name) => [name, values])), ...more };
}

/** Entries for the keys of each of these sets, given as bits. */
function entriesOf(sets: readonly number[], value: number): Record<string, number>[] {
  return sets.map((set) => {
    const keys = [...set.toString(2)].reverse().flatMap((bit, key) => (bit === '1' ? [key] : []));
    return Object.fromEntries(keys.map((key) => [`initial_state[${String(key)}]`, value]));
  });
}

const range = (length: number): number[] => Array.from({ length }, (_, n) => n + 1);

void t.test('the cost of a sweep depends on its distinct sets of keys, not on its entries', (t) => {
  const alike = range(100).map((value) => ({ 'initial_state[0]': value }));
  t.match(sweepCost(sweepOf(2, 100, { exclude: alike })), { combinations: 10_000, values: 2, exclude: 1 });
  t.match(sweepCost(sweepOf(4, 10, { exclude: entriesOf(range(15), 1) })), { exclude: 15, steps: 190_000 });
  const repeated = range(50).map((value) => ({ 'initial_state[0]': 1, nid: `n${String(value)}` }));
  t.match(sweepCost(sweepOf(1, 10, { include: repeated })), { include: 100, steps: 10 * 101 });
  t.match(sweepCost(sweepOf(7, 10, { exclude: entriesOf(range(127), 1) })), { steps: 0 }, 'never expanded');
  t.end();
});

void t.test('sweeps of one call that cost more than the limit are refused at their entries', (t) => {
  const run = { v: 1, gid: 'G', run_id: 'R', topology_path: 't.json', profile_path: 'p.json', ticks: 4 };
  const windows = { every: 4, apx_name: 'A' };
  const scenario = (id: string, sweep: Sweep): object => ({
    id,
    run: { ...run, initial_state: Array(6).fill(0), windows },
    ...sweep,
  });
  const check = (limit: number, ...sweeps: Sweep[]): string[] => {
    const scenarios = sweeps.map((sweep, index) => scenario(`s${String(index)}`, sweep));
    const text = JSON.stringify({ v: 1, kind: 'BatchManifest', scenarios });
    const found = problems('m.json', text, { sweep_steps: limit }).map((line) => line.replace(/ .* /, ' '));
    return found.filter((line) => !line.startsWith('file-missing'));
  };
  const costly = sweepOf(6, 10, { exclude: entriesOf(range(62), 11) });
  t.same(check(32_000_000, costly), ['sweep-too-costly /scenarios/0/exclude']);
  const named = entriesOf(range(31), 16).map((entry) => ({ ...entry, nid: 'n' }));
  const including = sweepOf(5, 15, { include: named });
  t.same(check(32_000_000, including), ['sweep-too-costly /scenarios/0/include']);
  t.same(check(1000, sweepOf(3, 10, {})), ['sweep-too-costly /scenarios/0']);
  const small = sweepOf(2, 10, { exclude: entriesOf([1, 2, 3], 1).slice(0, 2) });
  t.same(check(800, small, small), [], 'twice 100 combinations of 2 values, and 2 sets of keys');
  t.same(check(799, small, small), ['sweep-too-costly /scenarios/1'], 'all sweeps of a call share the limit');
  t.end();
});
