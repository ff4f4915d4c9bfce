import t from 'tap';
import { replayRun, replayTick } from '../../lib/inspect/index.js';
import { derivedSource } from '../../lib/inspect/artefacts/derived-source.js';
import { sha256 } from '../../lib/base/digest.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from './sample-inputs.js';
import { keepAltered, keepRun, must, mustOpen } from './sample-store.js';
import { runId } from '../ids.js';

const INPUTS = {
  ticks: 20,
  every: 6,
  governed: true,
  pfna: { 0: [1, 0, 0, 0, 0, 0], 7: [0, 0, 5, 0, 0, 0] },
};

for (const retain of ['full', 'compact'] as const) {
  void t.test(`a ${retain} run is replayed tick by tick and as a whole`, async (t) => {
    const store = new MemoryStore();
    await keepRun(store, sampleInputs(INPUTS), { id: 'r', retain });
    const run = await mustOpen(store, 'r');
    for (let tick = 1; tick <= 20; tick++) {
      const replay = must(await replayTick(run, tick));
      t.same(replay.differences, [], `tick ${tick}`);
      const spacing = retain === 'full' ? 8 : 4;
      t.equal(replay.from, Math.floor((tick - 1) / spacing) * spacing, 'the nearest state before the tick');
    }
    t.match(await replayTick(run, 21), { ok: false, near: ['tick 20'] });
    t.match(await replayRun(run), { ok: true, first: null, ticks: 20 });
  });
}

void t.test('runs that ended early are replayed up to their end', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(INPUTS), { id: 'cut', stop_after: 9 });
  await keepRun(store, sampleInputs({ initial: [2 ** 53 - 2, 0, 0, 0, 0, 0] }), { id: 'fault' });
  for (const id of ['cut', 'fault']) t.equal((await replayRun(await mustOpen(store, id))).ok, true, id);
});

void t.test('wrong observables are reported, also of a compact run', async (t) => {
  const store = new MemoryStore();
  const record = await keepRun(store, sampleInputs(INPUTS), { id: 'r', retain: 'compact', observed: true });
  t.match(await replayRun(await mustOpen(store, 'r')), { ok: true, observables: [] });
  const observables = { ...record.observables!, max_u: 999 };
  await store.publish({
    record: { ...record, id: runId('wrong'), name: 'wrong', observables },
    blobs: [],
    cacheable: false,
  });
  t.match(await replayRun(await mustOpen(store, 'wrong')), {
    ok: false,
    first: null,
    observables: [{ field: 'observables/max_u', expected: record.observables!.max_u, found: 999 }],
  });
});

void t.test('an altered record is reported by tick and field', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, sampleInputs(INPUTS), { id: 'r', chunk_bytes: 900 });
  const edit = (line: string): string => line.replace(/"raw":\d+/, '"raw":99');
  await keepAltered(store, await mustOpen(store, 'r'), { id: 'altered', kind: 'umx_ledger', at: 12, edit });
  const run = await mustOpen(store, 'altered');
  t.match(must(await replayTick(run, 13)), {
    ok: false,
    differences: [{ artefact: 'umx_ledger', pointer: '/edges/0/raw', a: 99 }],
  });
  t.equal(must(await replayTick(run, 12)).ok, true);
  const whole = await replayRun(run);
  t.match(whole, { ok: false, first: { tick: 13, artefact: 'umx_ledger', pointer: '/edges/0/raw', a: 99 } });
  t.notOk(whole.equal.includes('umx_ledger'));
  t.ok(whole.equal.includes('u_ledger'));
});

void t.test('a derived artefact too large for memory is computed while it is read', async (t) => {
  const store = new MemoryStore();
  const inputs = sampleInputs({ ticks: 6000, edges: 8, every: 100 });
  const record = await keepRun(store, inputs, { id: 'r', retain: 'compact' });
  const entry = record.artefacts.find(({ kind }) => kind === 'umx_ledger')!;
  const source = await derivedSource(inputs, record, entry, 0);
  t.ok(source.chunks.length >= 3);
  for (const n of [0, 1, 1, 2, 0, 2]) t.equal(sha256(await source.chunk(n)), source.chunks[n]!.digest);
});
