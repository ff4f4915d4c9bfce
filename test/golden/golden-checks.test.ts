import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import {
  acceptPending,
  describeVerdict,
  keptDigests,
  PendingResults,
  recordDiff,
  rejectPending,
} from '../../lib/golden/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { Bench, scratch } from './sample-golden.js';
import { runId } from '../ids.js';

const INPUTS = { ticks: 20, every: 5, governed: true, pfna: { 3: [0, 0, 5, 0, 0, 0] } };

/** The result of an older engine: the same inputs with one changed value and its consequences. */
async function keepOlder(store: MemoryStore, id: string, engine: string): Promise<void> {
  const record = await keepRun(store, sampleInputs(INPUTS), { id: `${id}-base` });
  const other = await keepRun(store, sampleInputs({ ...INPUTS, k: { 5: 3 } }), { id: `${id}-other` });
  // Results of other documents under the key of these: for the golden, the same inputs give other bytes.
  const artefacts = other.artefacts.map((a) => (a.kind === 'inputs' ? record.artefacts[0]! : a));
  const mixed = {
    ...other,
    id: runId(id),
    name: id,
    inputs: record.inputs,
    input_key: record.input_key,
    artefacts,
  };
  await store.publish({
    record: { ...mixed, engine: { ...record.engine, version: engine } },
    blobs: [],
    cacheable: false,
  });
}

for (const retain of ['full', 'compact'] as const) {
  void t.test(`a golden is missing, accepted, agrees, then is changed (${retain})`, async (t) => {
    const store = new MemoryStore();
    const bench = new Bench(scratch(t), store);
    await keepRun(store, sampleInputs(INPUTS), { id: 'first', retain });
    t.match(await bench.check({ gf01: 'first' }), {
      ok: false,
      results: [{ verdict: { verdict: 'missing' }, action: 'pending', ok: false }],
    });
    t.match(await bench.check({ gf01: 'first' }, { update: 'changed' }), { ok: false });
    t.match(await bench.check({ gf01: 'first' }, { update: 'missing' }), {
      ok: true,
      results: [{ action: 'accepted' }],
    });
    t.same(new PendingResults(bench.tree).pending(), []);
    t.match(await bench.check({ gf01: 'first' }), {
      ok: true,
      results: [{ verdict: { verdict: 'agrees' } }],
    });

    const golden = bench.tree.read(bench.tree.directoryOf('gf01'))!;
    t.same(golden.accepted, { by: 'tester', at: '2025-01-01T00:00:00.000Z', why: 'first result' });
    t.equal(golden.manifest, '../manifest.yaml');
    const files = readdirSync(bench.tree.directoryOf('gf01'));
    t.ok(files.includes('umx_ledger.jsonl') && files.includes('inputs.json') && !files.includes('log.jsonl'));
    const ledger = golden.artefacts.find(({ kind }) => kind === 'umx_ledger')!;
    t.equal(sha256(readFileSync(join(bench.tree.directoryOf('gf01'), 'umx_ledger.jsonl'))), ledger.digest);

    await keepRun(store, sampleInputs({ ...INPUTS, k: { 5: 3 } }), { id: 'second', retain });
    const report = await bench.check({ gf01: 'second' });
    t.match(report, {
      ok: false,
      results: [
        {
          action: 'pending',
          verdict: {
            verdict: 'changed',
            cause: 'inputs',
            ending: [],
            difference: {
              first: { tick: 2, artefact: 'umx_ledger', pointer: '/edges/4/raw' },
              inputs: [{ document: 'topology', pointer: '/edges/4/k', a: 2, b: 3 }],
            },
          },
        },
      ],
    });
    const { verdict } = report.results[0]!;
    const text = describeVerdict(verdict).join('\n');
    t.match(text, 'cause: changed inputs');
    t.match(text, 'topology /edges/4/k: 2 -> 3');
    t.match(
      text,
      /first difference: tick 2, umx_ledger, \/edges\/4\/raw\n {2}expected \d+\n {2}found {4}\d+/,
    );
    if (verdict.verdict !== 'changed') return;
    const diff = recordDiff(verdict.difference);
    t.match(diff, /^-.*"e_id": 5/m);
    t.match(diff, /^\+.*"e_id": 5/m);
    t.match(diff, /umx_ledger tick 2/);
  });
}

void t.test('changed behaviour, changed inputs and another engine are distinguished', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs(INPUTS), { id: 'now' });
  await bench.check({ a: 'now' }, { update: 'all' });
  for (const [engine, cause, words] of [
    ['1.0.0', 'behaviour', /CHANGED BEHAVIOUR/],
    ['2.0.0', 'engine', /engine 1\.0\.0 -> 2\.0\.0/],
  ] as const) {
    const id = `older-${cause}`;
    await keepOlder(store, id, engine);
    const { results } = await bench.check({ a: id });
    t.match(results, [{ verdict: { verdict: 'changed', cause, difference: { inputs: [], documents: [] } } }]);
    t.match(describeVerdict(results[0]!.verdict).join('\n'), words);
  }
});

void t.test('other inputs with the same result agree, with a note', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  const record = await keepRun(store, sampleInputs(), { id: 'now' });
  await bench.check({ a: 'now' }, { update: 'all' });
  const moved = { ...record, id: runId('moved'), name: 'moved', input_key: record.result_digest };
  await store.publish({ record: moved, blobs: [], cacheable: false });
  t.match(await bench.check({ a: 'moved' }), {
    ok: true,
    results: [{ verdict: { verdict: 'agrees', moved: true } }],
  });
});

void t.test('a run with another end is changed even if its bytes are the same', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  const record = await keepRun(store, sampleInputs({ initial: [2 ** 53 - 2, 0, 0, 0, 0, 0] }), {
    id: 'fault',
  });
  t.equal(record.state, 'faulted');
  await bench.check({ a: 'fault' }, { update: 'all' });
  t.match(await bench.check({ a: 'fault' }), { ok: true });
  const failure = { ...record.failure!, place: 'node 2' };
  await store.publish({
    record: { ...record, id: runId('other'), name: 'other', failure },
    blobs: [],
    cacheable: false,
  });
  t.match((await bench.check({ a: 'other' })).results[0]?.verdict, {
    verdict: 'changed',
    ending: [{ field: 'failure/place', b: 'node 2' }],
  });
});

void t.test('CI writes nothing, and missing, changed and obsolete goldens fail', async (t) => {
  const store = new MemoryStore();
  const directory = scratch(t);
  const bench = new Bench(directory, store);
  await keepRun(store, sampleInputs(INPUTS), { id: 'first' });
  await keepRun(store, sampleInputs({ ...INPUTS, k: { 5: 3 } }), { id: 'second' });
  await bench.check({ a: 'first', b: 'first' }, { update: 'missing' });
  const listing = (): string => readdirSync(directory, { recursive: true }).sort().join('\n');
  const before = listing();
  const ci = { read_only: true, update: 'all' } as const;
  t.match(await bench.check({ a: 'first', b: 'first', c: 'first' }, ci), { ok: false, obsolete: [] });
  t.match(await bench.check({ a: 'first', b: 'second' }, ci), { ok: false, obsolete: [] });
  t.match(await bench.check({ a: 'first' }, ci), {
    ok: false,
    results: [{ ok: true }],
    obsolete: [{ name: 'b', why: '../manifest.yaml no longer requests it' }],
    removed: [],
  });
  t.equal(listing(), before);
  t.match(await bench.check({ a: 'first' }, { update: 'all' }), { ok: true, removed: ['b'] });
  t.notOk(existsSync(join(directory, 'golden/b/golden.json')));
});

void t.test('only goldens of known manifests are judged to be obsolete', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs(INPUTS), { id: 'first' });
  await bench.check({ a: 'first' }, { update: 'missing' });
  const references = { directories: new Set<string>(), manifests: [] };
  t.match(await bench.check({}, { references }), { ok: true, obsolete: [] });
  t.match(await bench.check({}, { references: null }), { ok: true, obsolete: [] });
  rmSync(bench.manifest);
  t.match(await bench.check({}, { references }), {
    ok: false,
    obsolete: [{ why: 'its manifest ../manifest.yaml no longer exists' }],
  });
  writeFileSync(join(bench.tree.directoryOf('a'), 'golden.json'), '{}');
  t.match(await bench.check({}, { references }), {
    ok: false,
    obsolete: [{ why: /^no manifest requests it, and .* is not a golden/ }],
  });
});

void t.test('a manually edited golden is reported as damaged, not as different', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs(INPUTS), { id: 'first' });
  await bench.check({ a: 'first' }, { update: 'missing' });
  const at = (file: string): string => join(bench.tree.directoryOf('a'), file);
  const edit = async (file: string, change: (text: string) => string): Promise<void> => {
    const text = readFileSync(at(file), 'utf8');
    writeFileSync(at(file), change(text));
    const { ok, results } = await bench.check({ a: 'first' }, { read_only: true });
    t.match([ok, results[0]?.verdict.verdict], [false, 'damaged'], file);
    t.match(describeVerdict(results[0]!.verdict).join(), file);
    writeFileSync(at(file), text);
  };
  await edit('umx_ledger.jsonl', (text) => text.replace(/"raw":\d/, '"raw":9'));
  await edit('inputs.json', (text) => text.replace('"SC": 32', '"SC": 33'));
  await edit('metrics.json', () => '{');
  await edit('golden.json', (text) => text.replace(/"result_digest": "./, '"result_digest": "0'));
  await edit('golden.json', (text) => text.replace('"umx_ledger.jsonl"', '"../../secret.json"'));
  rmSync(at('u_ledger.jsonl'));
  t.match((await bench.check({ a: 'first' })).results, [
    { verdict: { verdict: 'damaged' }, action: 'pending' },
  ]);
  await acceptPending(
    bench.tree,
    { pending: new PendingResults(bench.tree).pending()[0]! },
    {
      by: null,
      at: '',
      why: 'repaired',
    },
  );
  t.match(await bench.check({ a: 'first' }), { ok: true });
});

void t.test('a pending result survives its store and can be accepted or rejected', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs(INPUTS), { id: 'first' });
  const changed = await keepRun(store, sampleInputs({ ...INPUTS, k: { 5: 3 } }), { id: 'second' });
  await bench.check({ a: 'first', b: 'first' }, { update: 'missing' });
  await bench.check({ a: 'second', b: 'second' });
  const shelf = new PendingResults(bench.tree);
  const [a, b] = shelf.pending();
  t.same([a?.golden.record.name, b?.golden.record.name], ['a', 'b']);
  t.equal(readFileSync(join(bench.tree.root, '.pending/.gitignore'), 'utf8'), '*\n');

  await acceptPending(
    bench.tree,
    { pending: a! },
    { by: 'tester', at: '2025-01-02T00:00:00.000Z', why: 'k is 3 now' },
  );
  t.match(bench.tree.read(bench.tree.directoryOf('a')), {
    result_digest: changed.result_digest,
    accepted: { why: 'k is 3 now' },
  });
  await rejectPending(
    bench.tree,
    { pending: b! },
    { by: 'tester', at: '2025-01-02T00:00:00.000Z', why: 'wrong' },
  );
  t.same(shelf.pending(), []);
  t.match(await bench.check({ a: 'second', b: 'second' }), {
    ok: false,
    results: [
      { name: 'a', ok: true },
      { name: 'b', ok: false, action: 'rejected' },
    ],
  });
  // Another wrong result is judged separately.
  await keepRun(store, sampleInputs({ ...INPUTS, k: { 5: 4 } }), { id: 'third' });
  t.match(await bench.check({ b: 'third' }), { results: [{ action: 'pending' }] });
  t.same(
    shelf.pending().map(({ run }) => run),
    ['third'],
  );
  t.match(await bench.check({ b: 'first' }), {
    ok: false,
    obsolete: [{ name: 'a' }],
    results: [{ ok: true }],
  });
  t.equal(shelf.pending().length, 0, 'a pending result is removed when the run agrees again');
});

void t.test('a result too large for files is kept as digests and located by chunk', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  const long = { ticks: 3000, every: 100, edges: 3 };
  await keepRun(store, sampleInputs(long), { id: 'first', chunk_bytes: 20_000 });
  await bench.check({ a: 'first' }, { update: 'missing' });
  const golden = bench.tree.read(bench.tree.directoryOf('a'))!;
  const ledger = golden.artefacts.find(({ kind }) => kind === 'umx_ledger')!;
  t.match([ledger.file, ledger.chunks.length > 10], [null, true]);
  const pushed = sampleInputs({ ...long, pfna: { 2000: [9, 0, 0, 0, 0, 0] } });
  await keepRun(store, pushed, { id: 'second', chunk_bytes: 20_000 });
  const exact = (await bench.check({ a: 'second' })).results[0]!.verdict;
  t.match(exact, {
    difference: { first: { tick: 2000, tick_to: null, artefact: 'umx_ledger', pointer: '/pre_u/0' } },
  });

  const elsewhere = new MemoryStore();
  await keepRun(elsewhere, pushed, { id: 'second', chunk_bytes: 20_000 });
  const other = Object.create(bench, { store: { value: elsewhere } }) as Bench;
  const verdict = (await other.check({ a: 'second' })).results[0]!.verdict;
  if (verdict.verdict !== 'changed') throw new Error(verdict.verdict);
  const { first } = verdict.difference;
  t.ok(first!.tick! <= 2000 && first!.tick_to! >= 2000, `${first!.tick} to ${first!.tick_to}`);
  t.match(describeVerdict(verdict).join('\n'), /first difference: tick \d+ to \d+/);
});

void t.test('after a crash at any step a golden is old, new or visibly damaged', async (t) => {
  const store = new MemoryStore();
  const directory = scratch(t);
  const bench = new Bench(directory, store);
  await keepRun(store, sampleInputs({ ticks: 4 }), { id: 'first' });
  await keepRun(store, sampleInputs({ ticks: 4, k: { 1: 9 } }), { id: 'second' });
  await bench.check({ a: 'first' }, { update: 'missing' });
  const real = bench.tree.files;
  let crashed = 0;
  for (let left = 0; ; left++) {
    let budget = left;
    const step = (): void => {
      if (budget-- === 0) throw Object.assign(new Error('crash'), { code: 'EIO' });
    };
    const files = {
      ...real,
      create: (...args: Parameters<typeof real.create>) => (step(), real.create(...args)),
      rename: (...args: Parameters<typeof real.rename>) => (step(), real.rename(...args)),
      remove: (path: string) => (step(), real.remove(path)),
      sync: async (path: string) => (step(), real.sync(path)),
    };
    Object.assign(bench.tree, { files });
    const outcome = await bench.check({ a: 'second' }, { update: 'changed' });
    Object.assign(bench.tree, { files: real });
    if (outcome.ok) break;
    crashed++;
    t.match(outcome, { results: [{ action: 'none', verdict: { verdict: 'changed' } }] });
    t.match(outcome.notes, [/^cannot (write|remove).*EIO/]);
    const now = (await bench.check({ a: 'first' }, { read_only: true })).results[0]!.verdict.verdict;
    t.ok(['agrees', 'changed', 'damaged'].includes(now), `${left}: ${now}`);
    await bench.check({ a: 'first' }, { update: 'all' });
    t.match(await bench.check({ a: 'first' }), { ok: true }, 'the next attempt repairs it');
  }
  t.ok(crashed > 20, `${crashed} steps`);
  t.match(await bench.check({ a: 'second' }), { ok: true });
});

void t.test('gc keeps the runs of goldens and pending results', async (t) => {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  const long = { ticks: 3000, every: 100, edges: 3 };
  const first = await keepRun(store, sampleInputs(long), { id: 'first', chunk_bytes: 20_000 });
  const second = await keepRun(store, sampleInputs({ ...long, k: { 1: 9 } }), {
    id: 'second',
    chunk_bytes: 20_000,
  });
  await bench.check({ a: 'first' }, { update: 'missing' });
  await bench.check({ a: 'second' });
  const { digests, damaged } = keptDigests(bench.tree);
  t.strictSame(damaged, []);
  for (const { result_digest, artefacts } of [first, second]) {
    t.ok(digests.has(result_digest));
    const ledger = artefacts.find(({ kind }) => kind === 'umx_ledger')!;
    t.ok(ledger.chunks.every(({ digest }) => digests.has(digest)));
  }
  writeFileSync(join(bench.tree.root, 'a/golden.json'), '{');
  t.match(keptDigests(bench.tree).damaged, [`${join(bench.tree.root, 'a/golden.json')} is not JSON`]);
});
