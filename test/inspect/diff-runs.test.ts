import t from 'tap';
import { diffRuns } from '../../lib/inspect/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from './sample-inputs.js';
import { CountingStore, keepAltered, keepRun, mustOpen } from './sample-store.js';

void t.test('equal runs are equal for any chunk size and retention', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs({ ticks: 40, every: 8 });
  await keepRun(store, inputs, { id: 'a', chunk_bytes: 700 });
  await keepRun(store, inputs, { id: 'b', chunk_bytes: 3000 });
  await keepRun(store, inputs, { id: 'c', retain: 'compact' });
  for (const other of ['b', 'c']) {
    const diff = await diffRuns(await mustOpen(store, 'a'), await mustOpen(store, other));
    t.same(diff, {
      equal: true,
      first: null,
      artefacts: [],
      documents: [],
      inputs: [],
      more_inputs: false,
      engine: null,
    });
  }
});

for (const [retainA, retainB] of [
  ['full', 'full'],
  ['full', 'compact'],
  ['compact', 'compact'],
] as const) {
  void t.test(`a changed k is reported with tick, field and cause (${retainA}, ${retainB})`, async (t) => {
    const store = new MemoryStore();
    await keepRun(store, sampleInputs({ ticks: 20, every: 5 }), { id: 'a', retain: retainA });
    await keepRun(store, sampleInputs({ ticks: 20, every: 5, k: { 5: 3 } }), { id: 'b', retain: retainB });
    const diff = await diffRuns(await mustOpen(store, 'a'), await mustOpen(store, 'b'));
    // du of edge 5 is 10 at tick 1: raw is floor(2*10/32) = 0 and floor(3*10/32) = 0, so the first difference is at tick 2.
    t.match(diff, {
      equal: false,
      first: { tick: 2, artefact: 'umx_ledger', record: 1, pointer: '/edges/4/raw' },
      inputs: [{ document: 'topology', pointer: '/edges/4/k', a: 2, b: 3 }],
      more_inputs: false,
      engine: null,
    });
    t.equal(diff.inputs.length, 1);
    t.type(diff.first?.a, 'number');
    t.not(diff.first?.a, diff.first?.b);
    t.ok(diff.first?.fields.some(({ pointer }) => pointer.startsWith('/post_u/')));
  });
}

void t.test('a cause with many places does not hide other documents', async (t) => {
  const store = new MemoryStore();
  const base = { ticks: 240, pfna: { 3: [1, 0, 0, 0, 0, 0] } };
  await keepRun(store, sampleInputs({ ...base, every: 240 }), { id: 'a' });
  await keepRun(store, sampleInputs({ ...base, every: 2, pfna: { 3: [2, 0, 0, 0, 0, 0] } }), { id: 'b' });
  const diff = await diffRuns(await mustOpen(store, 'a'), await mustOpen(store, 'b'));
  t.same(diff.documents, ['run', 'pfna']);
  t.equal(diff.more_inputs, true);
  t.equal(diff.inputs.length, 101);
  t.match(diff.inputs.at(-1), { document: 'pfna', pointer: '/entries/0/values/0', a: 1, b: 2 });
});

void t.test('the cause is listed before its effects', async (t) => {
  const store = new MemoryStore();
  // One window over all ticks: its manifest, and with it the envelope of tick 1, depend on tick 30.
  const base = { ticks: 40, pfna: { 30: [0, 0, 0, 0, 0, 7] } };
  await keepRun(store, sampleInputs(base), { id: 'a' });
  await keepRun(store, sampleInputs({ ...base, pfna: { 30: [0, 0, 0, 0, 0, 8] } }), { id: 'b' });
  const diff = await diffRuns(await mustOpen(store, 'a'), await mustOpen(store, 'b'));
  t.match(diff.first, { tick: 30, artefact: 'umx_ledger', pointer: '/pre_u/5' });
  t.match(diff.inputs, [{ document: 'pfna', pointer: '/entries/0/values/5', a: 7, b: 8 }]);
  t.match(diff.artefacts.find(({ artefact }) => artefact === 'umx_ledger')?.records, {
    count: 11,
    exact: true,
  });
});

for (const retain of ['full', 'compact'] as const) {
  void t.test(`the first missing tick of runs of different length is reported (${retain})`, async (t) => {
    const store = new MemoryStore();
    await keepRun(store, sampleInputs({ ticks: 8, every: 4 }), { id: 'a', retain });
    await keepRun(store, sampleInputs({ ticks: 12, every: 4 }), { id: 'b', retain });
    for (const [x, y] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const diff = await diffRuns(await mustOpen(store, x), await mustOpen(store, y));
      t.match(diff.first, { tick: 9, artefact: 'umx_ledger', record: 8, pointer: '' });
      t.equal(x === 'a' ? diff.first?.a : diff.first?.b, undefined);
      t.match(diff.inputs[0], { document: 'run', pointer: '/ticks' });
    }
  });
}

void t.test('a missing artefact, and a difference in records of the whole run, are reported', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(), { id: 'a' });
  await keepRun(store, sampleInputs({ diagnostics: true }), { id: 'b' });
  const diff = await diffRuns(await mustOpen(store, 'a'), await mustOpen(store, 'b'));
  t.match(diff.first, { tick: null, artefact: 'diagnostics', record: null, b: 'recorded' });
  t.match(diff.inputs, [{ document: 'run', pointer: '/diagnostics', a: null }]);
});

void t.test('another engine version is reported', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(), { id: 'a' });
  await keepRun(store, sampleInputs({ k: { 1: 2 } }), { id: 'b', engine: '2.0.0' });
  const diff = await diffRuns(await mustOpen(store, 'a'), await mustOpen(store, 'b'));
  t.same(diff.engine, { a: '1.0.0', b: '2.0.0' });
});

void t.test('a single altered value in a long run is found by reading few of the bytes', async (t) => {
  const store = new CountingStore();
  const base = { ticks: 200_000, every: 10_000, edges: 2 };
  await keepRun(store, sampleInputs(base), { id: 'long' });
  const original = await mustOpen(store, 'long');
  await keepAltered(store, original, {
    id: 'altered',
    kind: 'umx_ledger',
    at: 123_455,
    edit: (line) => line.replace(/"post_u":\[(\d+)/, (_, u) => `"post_u":[${String(Number(u) + 1)}`),
  });
  const stored = original.record.artefacts.reduce((sum, { size }) => sum + size, 0);
  const [a, b] = [await mustOpen(store, 'long'), await mustOpen(store, 'altered')];
  store.bytesRead = 0;
  const started = performance.now();
  const diff = await diffRuns(a, b);
  t.comment(`${(performance.now() - started).toFixed(0)} ms, ${store.bytesRead} of ${2 * stored} bytes`);
  t.match(diff.first, { tick: 123_456, artefact: 'umx_ledger', record: 123_455, pointer: '/post_u/0' });
  t.equal(Number(diff.first?.b), Number(diff.first?.a) + 1);
  t.same(diff.artefacts, [{ artefact: 'umx_ledger', records: { count: 1, exact: true } }]);
  t.same(diff.inputs, []);
  t.ok(store.bytesRead < stored / 50, `${store.bytesRead} of ${stored}`);

  // The same if everything after the change differs too.
  await keepRun(store, sampleInputs({ ...base, pfna: { 150_000: [1, 0, 0, 0, 0, 0] } }), { id: 'pushed' });
  const pushed = await mustOpen(store, 'pushed');
  store.bytesRead = 0;
  const startedAgain = performance.now();
  const later = await diffRuns(await mustOpen(store, 'long'), pushed);
  t.comment(`${(performance.now() - startedAgain).toFixed(0)} ms, ${store.bytesRead} of ${2 * stored} bytes`);
  t.match(later.first, { tick: 150_000, artefact: 'umx_ledger', pointer: '/pre_u/0' });
  t.match(later.inputs, [{ document: 'pfna', pointer: '' }]);
  t.ok(store.bytesRead < stored / 10, `${store.bytesRead} of ${stored}`);
});
