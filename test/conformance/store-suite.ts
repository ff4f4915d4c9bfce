import type { Test } from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import {
  inArrivalOrder,
  listBatches,
  listRuns,
  runRemarks,
  withArrival,
  type ArtefactStore,
  type Arrived,
  type BatchRecord,
  type BlobStager,
} from '../../lib/store/index.js';
import { keyOf, sampleRun } from '../store/sample-run.js';
import { runId } from '../ids.js';

/** An empty store and its stager. */
export interface OpenedStore {
  readonly store: ArtefactStore;
  readonly stager: BlobStager;
}

const batch: BatchRecord = {
  schema: 'aether-batch/1',
  id: 'b-1',
  started_at: '2025-01-01T00:00:00.000Z',
  ended_at: '2025-01-01T00:00:01.000Z',
  manifests: ['manifests/reference.yaml'],
  plan_digest: sha256('plan'),
  report_digest: sha256('report'),
  outcomes: [],
};

type Case = (t: Test, opened: OpenedStore) => Promise<void>;

function withoutArrival<T extends { readonly arrival?: number }>(record: T | undefined): T | undefined {
  return record && withArrival(record, undefined);
}

/** Ids of runs and batches in order of arrival. */
async function arrived(store: ArtefactStore): Promise<string> {
  const records = [...(await listRuns(store)), ...(await listBatches(store))];
  return inArrivalOrder<Arrived>(records)
    .map(({ id }) => id)
    .join(' ');
}

const arrivals: Record<string, Case> = {
  'records are ordered by arrival, not by date or id': async (t, { store, stager }) => {
    const add = (id: string, ended_at: string): Promise<void> =>
      store.publish(sampleRun(stager, { id, ended_at }));
    await add('r9', '2035-01-01T00:00:00.000Z');
    await add('r5', '2025-01-01T00:00:00.000Z');
    await store.putBatch({ ...batch, ended_at: '1999-01-01T00:00:00.000Z' });
    await add('r7', '1970-01-01T00:00:00.000Z');
    t.equal(await arrived(store), 'r9 r5 b-1 r7');
    await add('r9', '2035-01-01T00:00:00.000Z');
    t.equal(await arrived(store), 'r9 r5 b-1 r7', 'a run that is published again keeps its position');
    await Promise.all([add('r3', '2030-01-01T00:00:00.000Z'), add('r1', '2020-01-01T00:00:00.000Z')]);
    t.equal(await arrived(store), 'r9 r5 b-1 r7 r3 r1', 'runs of one commit have consecutive positions');
  },
  'an imported run that is older than the latest of its name precedes all local runs': async (
    t,
    { store, stager },
  ) => {
    const add = (id: string, year: number, imported = false): Promise<void> => {
      const sample = sampleRun(stager, { id, ended_at: `${String(year)}-01-01T00:00:00.000Z` });
      const record = imported ? { ...sample.record, arrival: 9999 } : sample.record;
      return store.publish({ ...sample, record, imported });
    };
    await add('r1', 2025);
    await add('old', 2024, true);
    await add('new', 2026, true);
    await add('r2', 2025);
    await add('older', 2023, true);
    t.equal(await arrived(store), 'older old r1 new r2', 'the arrival number of another store is not used');
    t.equal((await store.latestRun('gf01'))?.id, 'r2');
  },
};

const readingBack: Record<string, Case> = {
  'a published run is read back unchanged': async (t, { store, stager }) => {
    const run = sampleRun(stager, { id: 'r1' });
    await store.publish(run);
    t.strictSame(withoutArrival(await store.run(runId('r1'))), run.record);
    for (const artefact of run.record.artefacts) {
      const parts = await Promise.all(artefact.chunks.map((chunk) => store.blob(chunk.digest)));
      t.equal(sha256(Buffer.concat(parts)), artefact.digest, artefact.kind);
    }
  },
  'staged bytes are copied and invisible until published': async (t, { store, stager }) => {
    const bytes = Buffer.from('staged');
    const blob = stager.put(bytes);
    bytes.fill(0);
    t.equal(blob.digest, sha256('staged'));
    t.equal(blob.size, 6);
    t.equal(await store.hasBlob(blob.digest), false);
    await store.publish({ ...sampleRun(stager, { id: 'r1', artefacts: {} }), blobs: [blob] });
    t.equal(Buffer.from(await store.blob(blob.digest)).toString(), 'staged');
  },
  'absent records are undefined, absent blobs STORE_BLOB_MISSING': async (t, { store }) => {
    t.equal(await store.run(runId('nobody')), undefined);
    t.equal(await store.run(runId('../store')), undefined, 'an invalid name');
    t.equal(await store.runForKey(keyOf('x')), undefined);
    t.equal(await store.latestRun('gf01'), undefined);
    t.equal(await store.batch('b-1'), undefined);
    t.equal(await store.hasBlob(sha256('x')), false);
    t.strictSame(await store.runIds(), []);
    t.strictSame(await store.batchIds(), []);
    await t.rejects(store.blob(sha256('x')), { code: 'STORE_BLOB_MISSING' });
  },
  'an empty blob can be stored': async (t, { store, stager }) => {
    await store.publish(sampleRun(stager, { id: 'r1', artefacts: { log: [''] } }));
    t.equal((await store.blob(sha256(''))).length, 0);
  },
  'batches are read back and listed in order': async (t, { store }) => {
    await store.putBatch({ ...batch, id: 'b-2' });
    await store.putBatch(batch);
    t.strictSame(await store.batchIds(), ['b-1', 'b-2']);
    t.strictSame(withoutArrival(await store.batch('b-1')), batch);
  },
  'the caller may change returned bytes': async (t, { store, stager }) => {
    await store.publish(sampleRun(stager, { id: 'r1', artefacts: { log: ['abc'] } }));
    (await store.blob(sha256('abc'))).fill(0);
    t.equal(Buffer.from(await store.blob(sha256('abc'))).toString(), 'abc');
  },
};

const refs: Record<string, Case> = {
  'the key ref is set only for cacheable runs': async (t, { store, stager }) => {
    await store.publish(sampleRun(stager, { id: 'r1', key: 'k', state: 'cancelled' }));
    t.equal(await store.runForKey(keyOf('k')), undefined);
    await store.publish(sampleRun(stager, { id: 'r2', key: 'k' }));
    t.equal((await store.runForKey(keyOf('k')))?.id, 'r2');
  },
  'the latest run of a name is the last published one': async (t, { store, stager }) => {
    const name = 'ring-5[ticks=64,profile=cmp-1]';
    for (const id of ['r3', 'r1', 'r2']) await store.publish(sampleRun(stager, { id, name }));
    t.equal((await store.latestRun(name))?.id, 'r2');
    t.equal(await store.latestRun('ring-5'), undefined);
  },
  'concurrent calls keep their order': async (t, { store, stager }) => {
    const runs = Array.from({ length: 150 }, (_, i) =>
      sampleRun(stager, { id: `r${String(1000 + i)}`, key: 'k' }),
    );
    await Promise.all(runs.map((run) => store.publish(run)));
    t.equal((await store.latestRun('gf01'))?.id, 'r1149');
    t.equal((await store.runForKey(keyOf('k')))?.id, 'r1149');
    t.strictSame(
      await store.runIds(),
      runs.map(({ record }) => record.id),
    );
  },
};

const claims: Record<string, Case> = {
  'a compact run does not replace a published full run of its key': async (t, { store, stager }) => {
    const key = keyOf('k');
    await store.publish(sampleRun(stager, { id: 'c1', key: 'k', stored: false }));
    await store.publish(sampleRun(stager, { id: 'c2', key: 'k', stored: false }));
    t.equal((await store.runForKey(key))?.id, 'c2', 'of equal runs the last one is current');
    await store.publish(sampleRun(stager, { id: 'f1', key: 'k' }));
    t.equal((await store.runForKey(key))?.id, 'f1');
    await store.publish(sampleRun(stager, { id: 'c3', key: 'k', stored: false }));
    t.equal((await store.runForKey(key))?.id, 'f1');
    t.equal((await store.latestRun('gf01'))?.id, 'c3', 'it is the latest despite its time');
  },
  'a compact run does not replace a full run published at the same time': async (t, { store, stager }) => {
    const full = sampleRun(stager, { id: 'f1', key: 'k' });
    const others = ['c1', 'c2'].map((id) => sampleRun(stager, { id, key: 'k', stored: false }));
    await Promise.all([others[0]!, full, others[1]!].map((run) => store.publish(run)));
    t.equal((await store.runForKey(keyOf('k')))?.id, 'f1');
  },
  'an imported full run replaces a compact one with the same result': async (t, { store, stager }) => {
    const artefacts = { inputs: ['{}'], umx_ledger: ['{"tick":1}\n'] };
    const key = keyOf('k');
    await store.publish(sampleRun(stager, { id: 'c1', key: 'k', artefacts, stored: false }));
    await store.publish({ ...sampleRun(stager, { id: 'other', key: 'k' }), imported: true });
    t.equal((await store.runForKey(key))?.id, 'c1', 'a stored result in use is not replaced');
    await store.publish({ ...sampleRun(stager, { id: 'f1', key: 'k', artefacts }), imported: true });
    t.equal((await store.runForKey(key))?.id, 'f1');
    await store.publish({
      ...sampleRun(stager, { id: 'c2', key: 'k', artefacts, stored: false }),
      imported: true,
    });
    t.equal((await store.runForKey(key))?.id, 'f1');
  },
  'an imported run takes only absent references, and the name of an older run': async (
    t,
    { store, stager },
  ) => {
    const ended = (day: number): string => `2025-01-0${String(day)}T00:00:00.000Z`;
    const add = (id: string, day: number, imported: boolean): Promise<void> =>
      store.publish({ ...sampleRun(stager, { id, key: 'k', ended_at: ended(day) }), imported });
    const named = async (): Promise<string> =>
      [await store.runForKey(keyOf('k')), await store.latestRun('gf01')].map((run) => run?.id).join(' ');
    await add('i3', 3, true);
    t.equal(await named(), 'i3 i3', 'nothing stood');
    await add('i2', 2, true);
    t.equal(await named(), 'i3 i3', 'an older run');
    await add('i4', 4, true);
    t.equal(await named(), 'i3 i4', 'a newer run');
    await add('r1', 1, false);
    t.equal(await named(), 'r1 r1', 'an executed run replaces both references');
    await Promise.all([add('r5', 5, false), add('i1', 1, true)]);
    t.equal(await named(), 'r5 r5', 'also at the same time');
    await add('r5', 5, true);
    t.equal(await named(), 'r5 r5', 'again');
  },
};

const refusals: Record<string, Case> = {
  'publishing a run again changes nothing': async (t, { store, stager }) => {
    await store.publish(sampleRun(stager, { id: 'r1' }));
    const again = sampleRun(stager, { id: 'r1' });
    await store.publish(again);
    await Promise.all([store.publish(again), store.publish(again)]);
    t.strictSame(withoutArrival(await store.run(runId('r1'))), again.record);
    t.strictSame(await store.runIds(), ['r1']);
  },
  'another run under the same id is refused': async (t, { store, stager }) => {
    const first = sampleRun(stager, { id: 'r1' });
    await store.publish(first);
    const other = sampleRun(stager, { id: 'r1', name: 'other' });
    await t.rejects(store.publish(other), { code: 'STORE_RUN_EXISTS' });
    t.strictSame(withoutArrival(await store.run(runId('r1'))), first.record);
    t.equal(await store.latestRun('other'), undefined);
  },
  'a record without its blobs is refused, other records of the call are published': async (
    t,
    { store, stager },
  ) => {
    const good = sampleRun(stager, { id: 'r1' });
    const bad = { ...sampleRun(stager, { id: 'r2' }), blobs: [] };
    const [first, second] = await Promise.allSettled([store.publish(good), store.publish(bad)]);
    t.equal(first.status, 'fulfilled');
    t.match(second, { status: 'rejected', reason: { code: 'STORE_BLOB_MISSING' } });
    t.equal(await store.run(runId('r2')), undefined);
  },
  'stored blobs need not be staged again': async (t, { store, stager }) => {
    await store.publish(sampleRun(stager, { id: 'r1', artefacts: { log: ['same'] } }));
    const second = sampleRun(stager, { id: 'r2', artefacts: { log: ['same'] } });
    await store.discard(second.blobs);
    await store.publish({ ...second, blobs: [] });
    t.equal((await store.run(runId('r2')))?.id, 'r2');
  },
  'unstored artefacts need no blobs': async (t, { store, stager }) => {
    const run = sampleRun(stager, { id: 'r1', stored: false });
    t.equal(run.blobs.length, 1, 'only the inputs are stored');
    await store.publish(run);
    t.equal((await store.run(runId('r1')))?.retain, 'compact');
  },
  'names that cannot be file names are refused': async (t, { store, stager }) => {
    for (const name of ['../x', 'a/b', '', 'A', '.hidden', 'x'.repeat(129)]) {
      await t.rejects(store.publish(sampleRun(stager, { id: 'r1', name })), { code: 'STORE_BAD_NAME' }, name);
      await t.rejects(store.publish(sampleRun(stager, { id: name })), { code: 'STORE_BAD_NAME' }, name);
    }
    await t.rejects(store.putBatch({ ...batch, id: '..' }), { code: 'STORE_BAD_NAME' });
    t.strictSame(await store.runIds(), []);
  },
  'discarded blobs cannot be published': async (t, { store, stager }) => {
    const run = sampleRun(stager, { id: 'r1' });
    await store.discard(run.blobs);
    await store.discard(run.blobs);
    // Blobs staged in memory belong to the caller.
    if (run.blobs.some(({ at }) => at === 'disk')) await t.rejects(store.publish(run), { code: 'STORE_IO' });
    t.equal(await store.hasBlob(run.blobs[0]!.digest), false);
  },
  'a blob staged for another kind of store is refused': async (t, { store, stager }) => {
    const run = sampleRun(stager, { id: 'r1', artefacts: { log: ['x'] } });
    const digest = sha256('x');
    // A store with segments keeps both.
    if (store.stager.at === 'disk' && store.stager.small !== undefined) return;
    const blob =
      store.stager.at === 'disk'
        ? { at: 'memory' as const, digest, size: 1, bytes: Buffer.from('x') }
        : { at: 'disk' as const, digest, size: 1, temp: 'tmp/x' };
    await t.rejects(store.publish({ ...run, blobs: [blob] }), { code: 'STORE_BAD_STAGE' });
  },
};

const said = { at: '2025-01-01T00:00:00.000Z', by: 'somebody' };

const remarks: Record<string, Case> = {
  'remarks are kept in order of arrival and change no record': async (t, { store, stager }) => {
    const run = sampleRun(stager, { id: 'r1' });
    await store.publish(run);
    await store.publish(sampleRun(stager, { id: 'r2', name: 'other' }));
    const before = await store.run(runId('r1'));
    const first = await store.addRemark({
      ...said,
      id: 'x-2',
      runs: [runId('r2'), runId('r1'), runId('r1')],
      labels: { a: '1', b: '2' },
    });
    t.strictSame(first.runs, ['r1', 'r2']);
    // The clock was set back and the id sorts first: the order is that of arrival.
    await store.addRemark({
      id: 'x-1',
      at: '2020-01-01T00:00:00.000Z',
      by: 'other',
      runs: [runId('r1')],
      labels: { a: '=\n,"', b: null },
    });
    await store.addRemark({ ...said, id: 'x-3', runs: [runId('r1')], note: 'one' });
    const known = runRemarks(await store.remarks());
    t.strictSame(known.get('r1')?.labels, { a: '=\n,"' });
    t.strictSame(known.get('r2')?.labels, { a: '1', b: '2' });
    t.strictSame(known.get('r1')?.notes, [{ at: said.at, by: 'somebody', text: 'one' }]);
    t.strictSame(await store.run(runId('r1')), before);
  },
  'a remark is written once, and only about stored runs': async (t, { store, stager }) => {
    await store.publish(sampleRun(stager, { id: 'r1' }));
    await store.addRemark({ ...said, id: 'x-1', runs: [runId('r1')], note: 'first' });
    await store.addRemark({ ...said, id: 'x-1', runs: [runId('r1')], note: 'second' });
    t.match(await store.remarks(), [{ note: 'first' }]);
    await t.rejects(store.addRemark({ ...said, id: 'x-2', runs: [runId('r1'), runId('gone')] }), {
      code: 'STORE_RUN_MISSING',
    });
    await t.rejects(store.addRemark({ ...said, id: '../x', runs: [runId('r1')] }), {
      code: 'STORE_BAD_NAME',
    });
    t.equal((await store.remarks()).length, 1);
    t.strictSame(
      await store.remarkIds(),
      (await store.remarks()).map(({ id }) => id),
    );
  },
  'remarks made at the same time have separate places': async (t, { store, stager }) => {
    await store.publish(sampleRun(stager, { id: 'r1' }));
    const ids = Array.from({ length: 5 }, (_, n) => `x-${String(n)}`);
    await Promise.all(ids.map((id) => store.addRemark({ ...said, id, runs: [runId('r1')], note: id })));
    t.equal(new Set((await store.remarks()).map(({ seq }) => seq)).size, 5);
  },
};

/** The obligations of lib/store/port.ts, run against every adapter. */
export function storeSuite(t: Test, open: () => Promise<OpenedStore>): void {
  for (const [name, check] of Object.entries({
    ...readingBack,
    ...arrivals,
    ...refs,
    ...claims,
    ...refusals,
    ...remarks,
  })) {
    void t.test(name, async (inner) => {
      const opened = await open();
      inner.teardown(() => opened.store.close());
      await check(inner, opened);
    });
  }
}
