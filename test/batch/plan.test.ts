import t from 'tap';
import { unpackInputs } from '../../lib/execution/job-inputs.js';
import { InProcessExecutor } from '../../lib/execution/in-process-executor.js';
import { planBatch } from '../../lib/batch/pipeline.js';
import { AS_WRITTEN, type PlanOptions } from '../../lib/batch/plan/plan.js';
import { type BatchPlan } from '../../lib/batch/plan/batch-plan.js';
import type { PlannedRun } from '../../lib/batch/plan/planned-run.js';
import { parseOverride, type Override, type ScenarioRegistry } from '../../lib/config/index.js';
import { MemoryStore, openStager } from '../../lib/store/index.js';
import { sha256 } from '../../lib/base/digest.js';
import { planLines } from '../../lib/batch/report/plan-report.js';
import { makeBatch } from './batch-fixture.js';
import { FakeExecutor } from './fake-executor.js';
import { systemClock } from '../../lib/platform/index.js';
import { PROFILE, RUN, registryOf } from './memory-documents.js';

const executor = new InProcessExecutor({
  slots: 1,
  clock: systemClock,
  openLog: () => null,
  openStager: (spec) => openStager(spec),
});

function override(text: string): Override {
  const parsed = parseOverride(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]!.message);
  return parsed.value;
}

void t.test('planning a large sweep yields to signals and requests', async (inner) => {
  let turned = false;
  setImmediate(() => (turned = true));
  const plan = await tryPlan(registryOf(`\n  - {id: many, run: ${RUN}, matrix: {ticks: {range: [1, 600]}}}`));
  inner.equal(plan.ok && plan.value.runs.length, 600);
  inner.ok(turned);
});

async function tryPlan(registry: ScenarioRegistry, options: Partial<PlanOptions> = {}) {
  return planBatch({
    ...AS_WRITTEN,
    registry,
    store: new MemoryStore(),
    ...options,
  });
}

async function plan(registry: ScenarioRegistry, options: Partial<PlanOptions> = {}): Promise<BatchPlan> {
  const planned = await tryPlan(registry, options);
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems));
  return planned.value;
}

async function execute({ runs }: BatchPlan, store: MemoryStore, hour = 0): Promise<void> {
  const begins = Date.UTC(2025, 0, 1, hour);
  const result = await makeBatch(runs, executor, { store, begins }).batch.execute();
  t.equal(result.summary.failed, 0);
}

const told = ({ runs }: BatchPlan): unknown[] =>
  runs.map((run: PlannedRun) => [run.name, run.action, run.reason.why]);

const SWEEP = `
  - {id: one, tags: [x], run: ${RUN}}
  - {id: two, tags: [y], run: ${RUN}, matrix: {ticks: [5, 6], profile_path: [cmp-0.yaml, cmp-1.yaml]}}
`;

void t.test('stored results are cached, and every other run has a reason to run', async (inner) => {
  const store = new MemoryStore();
  const first = await plan(registryOf(SWEEP), { store });
  inner.strictSame(told(first), [
    ['one', 'run', 'new'],
    ['two[ticks=5,profile=cmp-0]', 'run', 'new'],
    ['two[ticks=5,profile=cmp-1]', 'run', 'new'],
    ['two[ticks=6,profile=cmp-0]', 'run', 'new'],
    ['two[ticks=6,profile=cmp-1]', 'run', 'new'],
  ]);
  await execute(first, store);
  const second = await plan(registryOf(SWEEP), { store });
  inner.ok(second.runs.every((run) => run.action === 'cached'));
  inner.equal(second.digest, first.digest);
  const changed = await plan(
    registryOf(SWEEP, { 'cmp-1.yaml': PROFILE.replace('CMP-0', 'CMP-1').replace('1234567', '5') }),
    { store },
  );
  inner.strictSame(
    changed.runs.map((run) => run.action),
    ['cached', 'cached', 'run', 'cached', 'run'],
    'exactly the runs that use the changed document',
  );
  inner.match(changed.runs[2]!.reason, { why: 'inputs_changed', documents: ['profile'] });
  inner.equal(changed.runs[2]!.forecast.from_history, true);
});

void t.test('values that cannot change a result are not part of the key', async (inner) => {
  const store = new MemoryStore();
  await execute(await plan(registryOf(SWEEP), { store }), store);
  const reordered = `
  - id: two
    description: Now with a description.
    tags: [z]
    timeout: 9s
    run: ${RUN.replace('metrics:', 'logging: {enabled: true, level: debug}, metrics:')}
    matrix: {profile_path: [cmp-1.yaml, cmp-0.yaml], ticks: [6, 5, 7]}
`;
  const again = await plan(registryOf(reordered, { 'cmp-0.yaml': `# a comment\n${PROFILE}\n` }), { store });
  inner.strictSame(
    again.runs.filter((run) => run.action === 'run').map((run) => run.name),
    ['two[ticks=7,profile=cmp-1]', 'two[ticks=7,profile=cmp-0]'],
  );
});

void t.test('equal inputs are computed once', async (inner) => {
  const twice = registryOf(`
  - {id: a, run: ${RUN}}
  - {id: b, run: ${RUN}}
  - {id: c, run: ${RUN}, repeat: 2}
`);
  inner.strictSame(told(await plan(twice)), [
    ['a', 'run', 'new'],
    ['b', 'follow', 'same_inputs'],
    ['c', 'run', 'new'],
  ]);
});

void t.test('a run that used the result of another run refers to it', async (inner) => {
  const store = new MemoryStore();
  const pair = (ticks: number): ScenarioRegistry =>
    registryOf(`
  - {id: a, run: ${RUN}}
  - {id: b, run: ${RUN.replace('ticks: 4', `ticks: ${String(ticks)}`)}}
`);
  const first = await plan(pair(4), { store });
  inner.strictSame(told(first), [
    ['a', 'run', 'new'],
    ['b', 'follow', 'same_inputs'],
  ]);
  await execute(first, store);
  const run = (await store.latestRun('a'))!.id;
  const [, changed] = (await plan(pair(6), { store })).runs;
  inner.match(changed, { reason: { why: 'inputs_changed', since: run, documents: ['run'] } });
  inner.equal(changed!.forecast.from_history, true);
  await execute(await plan(pair(6), { store }), store, 1);
  await execute(await plan(pair(4), { store }), store, 2);
  const [, third] = (await plan(pair(7), { store })).runs;
  inner.match(
    third,
    { reason: { why: 'inputs_changed', since: run } },
    'the later batch, not the later execution',
  );
});

void t.test('force, repetition and retention bypass the cache', async (inner) => {
  const store = new MemoryStore();
  const registry = registryOf(`\n  - {id: a, run: ${RUN}, retain: compact}\n`);
  await execute(await plan(registry, { store }), store);
  inner.strictSame(told(await plan(registry, { store })), [['a', 'cached', 'cached']]);
  const [forced] = (await plan(registry, { store, force: true })).runs;
  inner.match(forced, { action: 'run', reason: { why: 'forced' }, earlier: { state: 'completed' } });
  const [repeated] = (await plan(registry, { store, repeat_each: 3 })).runs;
  inner.match(repeated, { action: 'run', repeat: 3, reason: { why: 'repeated', times: 3 } });
  const full = registryOf(`\n  - {id: a, run: ${RUN}, retain: full}\n`);
  const again = await plan(full, { store });
  inner.strictSame(told(again), [['a', 'run', 'artefacts_dropped']]);
  await execute(again, store, 1);
  const written = (await store.latestRun('a'))!.artefacts.reduce((sum, { size }) => sum + size, 0);
  inner.equal(again.runs[0]!.forecast.bytes, written, 'the bytes of the full run');
});

void t.test('runs are selected by name, tag and scenario', async (inner) => {
  const registry = registryOf(SWEEP);
  const selected = async (selection: Partial<PlanOptions['selection']>): Promise<number> =>
    (await plan(registry, { selection: { grep: null, tags: [], scenarios: [], ...selection } })).runs.length;
  inner.equal(await selected({ grep: /ticks=5/ }), 2);
  inner.equal(await selected({ tags: ['x'] }), 1);
  inner.equal(await selected({ tags: ['x', 'y'] }), 5);
  inner.equal(await selected({ scenarios: ['two'], grep: /cmp-1/ }), 2);
  inner.equal(await selected({ grep: /nothing/ }), 0);
});

void t.test('--last-failed selects only runs that failed last', async (inner) => {
  const store = new MemoryStore();
  const bad = RUN.replace('[64, 0]', '[9007199254740991, 9007199254740991]');
  const registry = registryOf(`\n  - {id: bad, run: ${bad}}\n  - {id: good, run: ${RUN}}\n`);
  inner.strictSame(
    told(await plan(registry, { store, last_failed: true })),
    [],
    'no run has been executed yet',
  );
  const result = await makeBatch((await plan(registry, { store })).runs, executor, { store }).batch.execute();
  inner.match(result.outcomes[0], { name: 'bad', state: 'faulted', failure: { code: 'INT_RANGE' } });
  inner.strictSame(told(await plan(registry, { store, last_failed: true })), [
    ['bad', 'run', 'not_finished'],
  ]);
});

void t.test('--last-failed selects runs that failed on a shared result', async (inner) => {
  const store = new MemoryStore();
  const registry = registryOf(`
  - {id: a, run: ${RUN}}
  - {id: b, run: ${RUN}, expect: {fault: INT_RANGE}}
`);
  const result = await makeBatch((await plan(registry, { store })).runs, executor, { store }).batch.execute();
  inner.match(result.outcomes[1], { name: 'b', ok: false, executions: 0 });
  inner.strictSame(told(await plan(registry, { store, last_failed: true })), [['b', 'cached', 'cached']]);
});

void t.test('--last-failed selects runs whose result was not accepted for their inputs', async (inner) => {
  const store = new MemoryStore();
  const registry = registryOf(
    `\n  - {id: moody, run: ${RUN}, repeat: 2}\n  - {id: good, run: ${RUN.replace('ticks: 4', 'ticks: 5')}}\n`,
  );
  const moody = new FakeExecutor(1, (_, count) => ({ result_digest: sha256(`result ${String(count)}`) }));
  const result = await makeBatch((await plan(registry, { store })).runs, moody, { store }).batch.execute();
  inner.match(result.outcomes[1], { name: 'moody', failure: { code: 'RESULTS_DISAGREE' } });
  const again = await plan(registry, { store, last_failed: true });
  inner.strictSame(told(again), [['moody', 'run', 'not_finished']]);
  inner.match(
    [...planLines(again, 1, null)].join('\n'),
    /last run \S+ differs from another run of the same inputs, or was not fully repeated/,
  );
});

void t.test('a full result satisfies requests for a compact one', async (inner) => {
  const full = `\n  - {id: full, run: ${RUN}}`;
  const compact = `\n  - {id: small, run: ${RUN}, retain: compact}\n  - {id: tiny, run: ${RUN}, retain: compact}\n`;
  inner.strictSame(told(await plan(registryOf(full + compact))), [
    ['full', 'run', 'new'],
    ['small', 'follow', 'same_inputs'],
    ['tiny', 'follow', 'same_inputs'],
  ]);
  const late = full.replace('id: full', 'id: zfull');
  inner.strictSame(told(await plan(registryOf(compact + late))), [
    ['small', 'run', 'new'],
    ['tiny', 'follow', 'same_inputs'],
    ['zfull', 'run', 'new'],
  ]);
});

void t.test('overrides are part of the key, and names show them', async (inner) => {
  const registry = registryOf(SWEEP);
  const plain = await plan(registry);
  const changed = await plan(registry, { overrides: [override('run.initial_state=[1, 2]')] });
  inner.not(changed.runs[0]!.input_key, plain.runs[0]!.input_key);
  const fixed = await plan(registry, { overrides: [override('run.ticks=9')] });
  inner.strictSame(
    fixed.runs.map((run) => run.name),
    ['one[ticks=9]', 'two[ticks=9,profile=cmp-0]', 'two[ticks=9,profile=cmp-1]'],
  );
  inner.equal(fixed.runs[0]!.plain_name, 'one');
  inner.strictSame(fixed.runs[0]!.cell, { ticks: 9 });
  inner.ok(fixed.runs.every(({ ticks_total }) => ticks_total === 9));
  for (const run of fixed.runs) inner.equal(unpackInputs(await run.inputs()).run.ticks, 9);
  const axis = registryOf(`\n  - {id: a, run: ${RUN}, matrix: {"initial_state[0]": [1, 2]}}\n`);
  const refused = await tryPlan(axis, { overrides: [override('run.initial_state=[1, 2]')] });
  inner.match(refused, { ok: false, problems: [{ code: 'override-overlaps-sweep' }] });
});

void t.test('a name shows exactly the overrides that change the inputs', async (inner) => {
  const registry = registryOf(`\n  - {id: one, run: ${RUN}}\n`);
  const [plain] = (await plan(registry)).runs;
  const under = async (...texts: readonly string[]): Promise<PlannedRun> =>
    (await plan(registry, { overrides: texts.map(override) })).runs[0]!;
  for (const [texts, name] of [
    [['run.ticks=9'], 'one[ticks=9]'],
    [['profile.press_defaults.accounting=varint-v1'], 'one[accounting=varint-v1]'],
    [['run.ticks=9', 'run.nid=other'], 'one[ticks=9,nid=other]'],
    [['run.nid=other', 'run.ticks=9'], 'one[ticks=9,nid=other]'],
    [['run.ticks=8', 'run.ticks=9'], 'one[ticks=9]'],
  ] as const) {
    const run = await under(...texts);
    inner.equal(run.name, name, texts.join(' '));
    inner.not(run.input_key, plain!.input_key);
  }
  const same = `run.ticks=${String(plain!.ticks_total)}`;
  for (const texts of [[same], ['run.logging.level=debug'], ['run.ticks=9', same]]) {
    const run = await under(...texts);
    inner.strictSame([run.name, run.input_key], ['one', plain!.input_key], texts.join(' '));
  }
  inner.equal((await under('run.ticks=9', 'run.logging.level=debug')).name, 'one[ticks=9]');
  const grep = async (pattern: RegExp): Promise<number> =>
    (
      await plan(registry, {
        overrides: [override('run.ticks=9')],
        selection: { grep: pattern, tags: [], scenarios: [] },
      })
    ).runs.length;
  inner.equal(await grep(/^one$/), 1, 'the name without overrides selects the run');
  inner.equal(await grep(/^one\[ticks=9\]$/), 1, 'the shown name selects the run');
  inner.equal(await grep(/^one\[ticks=8\]$/), 0);
});

void t.test('a problem caused by an override is reported at the override', async (inner) => {
  const registry = registryOf(`\n  - {id: one, run: ${RUN}}\n`);
  const problems = async (...texts: readonly string[]) => {
    const planned = await tryPlan(registry, { overrides: texts.map(override) });
    return planned.ok ? [] : planned.problems.map(({ file, line, code }) => [file, line, code]);
  };
  const windows = 'run.windows=[{window_id: W, apx_name: A, start_tick: 1, end_tick: 4}]';
  for (const [texts, expected] of [
    [['run.ticks=abc'], [['-S run.ticks=abc', 0, 'wrong-type']]],
    [['run.gid=OTHER'], [['-S run.gid=OTHER', 0, 'gid-mismatch']]],
    [['profile.SC=16'], [['-S profile.SC=16', 0, 'scale-mismatch']]],
    [['topology.gid=OTHER'], [['-S topology.gid=OTHER', 0, 'gid-mismatch']]],
  ] as const) {
    inner.strictSame(await problems(...texts), expected, texts.join(' '));
  }
  const [first] = await problems(windows, 'run.ticks=64', 'run.nid=z');
  inner.match(first, [/^-S run\.ticks=64|^-S run\.windows/, 0]);
  inner.notMatch(String(first![0]), 'nid', 'an unrelated override is not named');
});

void t.test('an override of an axis applies before exclude and include', async (inner) => {
  const names = async (sweep: string, ...texts: readonly string[]): Promise<string[]> => {
    const { runs } = await plan(registryOf(`\n  - id: a\n    run: ${RUN}\n${sweep}\n`), {
      overrides: texts.map(override),
    });
    return runs.map(({ name }) => name);
  };
  const matrix = '    matrix: {ticks: [5, 6], nid: [x, y]}\n    exclude: [{ticks: 6, nid: y}]';
  inner.strictSame(await names(matrix, 'run.ticks=6'), ['a[ticks=6,nid=x]']);
  inner.strictSame(await names(matrix, 'run.ticks=5'), ['a[ticks=5,nid=x]', 'a[ticks=5,nid=y]']);
  inner.strictSame(await names(matrix, 'run.nid=y'), ['a[ticks=5,nid=y]']);
  const zip = '    zip: {ticks: [5, 6], nid: [x, y]}\n    exclude: [{ticks: 6, nid: y}]';
  inner.strictSame(await names(zip, 'run.ticks=6'), ['a[ticks=6,nid=x]']);
  const random = '    random: {count: 2, seed: 1, over: {ticks: [5, 6], nid: [x, y]}}';
  inner.ok((await names(random, 'run.ticks=9')).every((name) => name.startsWith('a[ticks=9,')));
  const include = '    matrix: {ticks: [5, 6]}\n    include: [{ticks: 6, nid: x}]';
  inner.strictSame(await names(include, 'run.ticks=6'), ['a[ticks=6,nid=x]']);
  const beside = '    matrix: {ticks: [5]}\n    include: [{ticks: 5, nid: x}]';
  inner.strictSame(await names(beside, 'run.nid=x'), ['a[ticks=5,nid=x]']);
});

void t.test('all spellings of a sweep key have the same meaning', async (inner) => {
  const spelt = `
    matrix: {run.ticks: [5, 6, 7]}
    exclude: [{ticks: 5}]
    include: [{ticks: 6, nid: hit}, {run.ticks: 64}]`;
  const { runs } = await plan(registryOf(`\n  - id: a\n    run: ${RUN}${spelt}\n`));
  inner.strictSame(
    await Promise.all(runs.map(async (run) => [run.name, unpackInputs(await run.inputs()).run.ticks])),
    [
      ['a[ticks=6,nid=hit]', 6],
      ['a[ticks=7]', 7],
      ['a[ticks=64]', 64],
    ],
  );
});

void t.test('a problem of a sweep is reported once, at its place in the manifest', async (inner) => {
  const many = '"initial_state[0]": {range: [0, 4]}, "initial_state[1]": {range: [0, 4]}';
  const registry = registryOf(`
  - id: key
    run: ${RUN}
    matrix: {${many}, "initial_state[7]": [1, 2], pfna.pfna_id: [x]}
  - id: value
    run: ${RUN}
    matrix: {${many}}
    zip: {ticks: [1, 0], profile_path: [cmp-0.yaml, gone.yaml]}
    include: [{profile.SC: -1}, {windows: {every: 0, apx_name: A}}]
  - id: scale
    run: ${RUN}
    matrix: {${many}, profile.SC: [32, 8], profile.C0: [-1]}
`);
  const refused = await tryPlan(registry);
  const problems = refused.ok ? [] : refused.problems;
  inner.strictSame(
    problems.map(({ code, file, line, pointer, found, expected }) => [
      `${file}:${String(line)} ${code} ${pointer}`,
      `${found ?? '-'}, not ${expected ?? '-'}`,
    ]),
    [
      ['m.yaml:7 bad-override /scenarios/0/matrix/initial_state[7]', '7, not an index from 0 to 1'],
      ['m.yaml:7 bad-override /scenarios/0/matrix/pfna.pfna_id', '-, not -'],
      ['m.yaml:11 out-of-range /scenarios/1/zip/ticks/1', '0, not an integer from 1 to 9007199254740989'],
      ['m.yaml:11 file-missing /scenarios/1/zip/profile_path/1', 'gone.yaml, not a file that exists'],
      ['m.yaml:12 out-of-range /scenarios/1/include/0/profile.SC', '-1, not an integer >= 1'],
      ['m.yaml:12 scale-mismatch /scenarios/1/include/0/profile.SC', '-1, not a profile with SC 32'],
      ['m.yaml:12 out-of-range /scenarios/1/include/1/windows/every', '0, not an integer >= 1'],
      ['m.yaml:15 scale-mismatch /scenarios/2/matrix/profile.SC/1', '8, not a profile with SC 32'],
      ['m.yaml:15 out-of-range /scenarios/2/matrix/profile.C0/0', '-1, not an integer >= 0'],
    ],
  );
});

void t.test('every invalid document is reported once, before any run starts', async (inner) => {
  const registry = registryOf(
    `
  - {id: a, run: ${RUN}, matrix: {ticks: [1, 2, 3]}}
  - {id: b, run: ${RUN.replace('pair.yaml', 'missing.yaml')}}
`,
    { 'cmp-0.yaml': PROFILE.replace('C0: 1234567', 'C0: -1') },
  );
  const refused = await tryPlan(registry);
  inner.equal(refused.ok, false);
  const problems = refused.ok ? [] : refused.problems;
  inner.strictSame(
    problems.map((problem) => problem.file),
    ['cmp-0.yaml', 'm.yaml'],
  );
});

void t.test('two cells with the same name are refused with the values of both', async (inner) => {
  const registry = registryOf(
    `\n  - {id: a, run: ${RUN}, matrix: {run_id: ["a b", "a-b-5e229e24", "a b"]}}\n`,
  );
  const refused = await tryPlan(registry);
  inner.match(refused, {
    ok: false,
    problems: [{ code: 'shared-name', file: 'm.yaml', line: 5, column: 5 }],
  });
  inner.strictSame(refused.ok ? [] : refused.problems.map((problem) => problem.found), [
    '{"run_id":"a b"} and {"run_id":"a-b-5e229e24"}',
  ]);
});

void t.test('a sweep beyond all limits is refused without expansion', async (inner) => {
  const range = '{range: [1, 1000000]}';
  const registry = registryOf(
    `\n  - {id: a, run: ${RUN}, matrix: {ticks: ${range}, "initial_state[0]": ${range}}}\n`,
  );
  const refused = await tryPlan(registry);
  inner.match(refused, {
    ok: false,
    problems: [{ code: 'too-many-cells', file: 'm.yaml', line: 5, column: 5 }],
  });
});

void t.test('scenarios with too many cells in total are refused without expansion', async (inner) => {
  const registry = registryOf(
    `\n  - {id: a, run: ${RUN}}\n  - {id: b, tags: [large], run: ${RUN}, matrix: {"initial_state[0]": {range: [1, 1000000]}}}\n`,
  );
  inner.match(await tryPlan(registry), {
    ok: false,
    problems: [{ code: 'too-many-cells', file: 'm.yaml', line: 6, column: 5, found: 'up to 1000001 cells' }],
  });
});
