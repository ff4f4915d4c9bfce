import t from 'tap';
import { Session } from '../../lib/session/session.js';
import { MemoryStore, type RunRecord } from '../../lib/store/index.js';
import { sampleInputs, type SampleOptions } from './sample-inputs.js';
import { keepRun, must, mustOpen } from './sample-store.js';
import { runId } from '../ids.js';

const OPTIONS = { ticks: 40, every: 4, pfna: { 0: [1, 0, 0, 0, 0, 0], 8: [0, 0, 5, 0, 0, 0] } };

/** A store with the same run, full and compact. */
async function keptTwice(options: SampleOptions, engine?: string): Promise<MemoryStore> {
  const store = new MemoryStore();
  const inputs = sampleInputs(options);
  await keepRun(store, inputs, { id: 'full' });
  await keepRun(store, inputs, { id: 'compact', retain: 'compact', ...(engine && { engine }) });
  return store;
}

/** All computed records of a tick, and the number of ticks computed for them. */
async function answered(store: MemoryStore, id: string, tick: number) {
  const run = await mustOpen(store, id);
  const { step } = Session.prototype;
  let steps = 0;
  Session.prototype.step = function (this: Session) {
    steps++;
    return step.call(this);
  };
  try {
    const links = must(await run.links(tick));
    const envelopes = must(await run.envelopes({ tick }));
    return { said: { links, envelopes, iBlock: await run.iBlock(tick) }, steps };
  } finally {
    Session.prototype.step = step;
  }
}

/** Publishes a copy of the compact run with a changed record. */
async function publish(store: MemoryStore, id: string, change: (record: RunRecord) => Partial<RunRecord>) {
  const { record } = await mustOpen(store, 'compact');
  await store.publish({
    record: { ...record, id: runId(id), name: id, ...change(record) },
    blobs: [],
    cacheable: false,
  });
}

void t.test('all records of a tick come from one computation that ends with its window', async (t) => {
  const store = await keptTwice(OPTIONS);
  for (const [tick, computed] of [
    [1, 4],
    [8, 8],
    [9, 12],
    [40, 40],
  ] as const) {
    const { said } = await answered(store, 'full', tick);
    const compact = await answered(store, 'compact', tick);
    t.same(compact.said, said, `tick ${String(tick)}`);
    t.equal(compact.steps, computed, `ticks computed for ${String(tick)}`);
  }
});

void t.test('the whole run is computed once if the U-ledger entry is not sufficient', async (t) => {
  for (const store of [await keptTwice({ ...OPTIONS, governed: true }), await keptTwice(OPTIONS, '0.9.0')]) {
    const { said } = await answered(store, 'full', 8);
    t.same(await answered(store, 'compact', 8), { said, steps: 40 });
  }
});

void t.test('a second tick is read from the derived artefact', async (t) => {
  const run = await mustOpen(await keptTwice(OPTIONS), 'compact');
  t.equal(must(await run.links(3)).length, 1);
  t.equal(must(await run.links(8)).length, 2);
  t.equal(must(await run.links(3))[0]!.tick, 3);
});

void t.test('a computed value that contradicts the record is not returned', async (t) => {
  const store = await keptTwice(OPTIONS);
  await keepRun(store, sampleInputs({ ...OPTIONS, k: { 1: 3 } }), { id: 'other' });
  const other = (await mustOpen(store, 'other')).artefacts;
  await publish(store, 'swapped', ({ artefacts }) => ({
    artefacts: artefacts.map((entry) => (entry.kind === 'inputs' ? other.entry('inputs')! : entry)),
  }));
  await publish(store, 'forged', ({ artefacts }) => ({
    artefacts: artefacts.map((entry) =>
      entry.kind === 'loom_chain' ? { ...entry, digest: other.entry('loom_chain')!.digest } : entry,
    ),
  }));
  for (const [id, tick] of [
    ['swapped', 8],
    ['swapped', 40],
    ['forged', 40],
  ] as const) {
    await t.rejects(answered(store, id, tick), { code: 'REPLAY_MISMATCH' }, `${id}, tick ${String(tick)}`);
  }
});
