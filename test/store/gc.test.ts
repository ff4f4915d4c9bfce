import t, { type Test } from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import {
  collectGarbage,
  diskUsage,
  openDiskStore,
  openStager,
  pinnedRuns,
  pinRun,
  unpinRun,
  verifyStore,
  whyStored,
  type DiskStore,
  type GcOptions,
} from '../../lib/store/index.js';
import { draws } from './draws.js';
import { keyOf, sampleRun } from './sample-run.js';
import { systemError } from './simulated-files.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const DAY = 24 * 3600 * 1000;
const NOW = Date.parse('2025-06-30T00:00:00.000Z');
const ROOT = '/data/store';

interface Scene {
  readonly machine: SimulatedMachine;
  readonly store: DiskStore;
  /**
   * Publishes a run of `name` that ended a number of days before NOW; its log is 100 bytes that no other run
   * has.
   */
  readonly add: (id: string, name: string, days: number, state?: 'completed' | 'failed') => Promise<void>;
  readonly ids: () => Promise<string>;
}

async function scene(): Promise<Scene> {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  const stager = openStager(store.stager, platform);
  const add: Scene['add'] = async (id, name, days, state = 'completed') => {
    const ended_at = new Date(NOW - days * DAY).toISOString();
    const artefacts = { inputs: ['shared'], u_ledger: [id.padEnd(100, '.')] };
    await store.publish(sampleRun(stager, { id, name, ended_at, artefacts, state }));
  };
  return { machine, store, add, ids: async () => (await store.runIds()).join(' ') };
}

async function five(): Promise<Scene> {
  const made = await scene();
  await made.add('b1', 'b', 50);
  await made.add('a1', 'a', 40);
  await made.add('a2', 'a', 20);
  await made.add('b2', 'b', 2);
  await made.add('a3', 'a', 1);
  return made;
}

async function gc(inner: Test, made: Scene, options: Partial<GcOptions>): Promise<string> {
  const before = (await made.store.runIds()).length;
  const dry = await collectGarbage(made.store, { now: NOW, ...options, dryRun: true });
  inner.equal((await made.store.runIds()).length, before, 'a dry run changes nothing');
  const report = await collectGarbage(made.store, { now: NOW, ...options });
  inner.strictSame({ ...report, dry_run: true }, dry, 'its report is that of the real one');
  inner.strictSame((await verifyStore(made.store)).problems, []);
  return made.ids();
}

void t.test('without rules every run is kept', async (inner) => {
  inner.equal(await gc(inner, await five(), {}), 'a1 a2 a3 b1 b2');
});

/** Refuses new files until a blob is removed, or permanently. */
function fillDisk({ files }: SimulatedMachine, until: 'a blob is removed' | 'never'): void {
  files.before = (step, path): void => {
    if (step === 'remove' && path.includes('/blobs/') && until === 'a blob is removed')
      files.before = (): void => undefined;
    if (step === 'create' && path.includes('/tmp/')) throw systemError('ENOSPC', path);
  };
}

void t.test('gc works on a full disk', async (inner) => {
  const { machine, store, add, ids } = await scene();
  const stager = openStager(store.stager, machine.start());
  const old = sampleRun(stager, { id: 'a1', name: 'a', key: 'a', artefacts: {} });
  await store.publish({ ...old, record: { ...old.record, answers: true } });
  await store.publish(sampleRun(stager, { id: 'a2', name: 'a', key: 'a', ended_at: '2025-06-01' }));
  await add('b1', 'b', 1);
  await pinRun(store, runId('a1'));
  fillDisk(machine, 'a blob is removed');
  const report = await collectGarbage(store, { now: NOW, keepLast: 0 });
  inner.match(report, { runs_removed: ['a2', 'b1'], runs_kept: 1 });
  inner.equal(await ids(), 'a1');
  const ref = (path: string): string | undefined => machine.files.readText(`${ROOT}/refs/${path}`);
  inner.strictSame(
    [ref(`keys/${keyOf('a')}`), ref('scenarios/a')],
    ['a1\n', 'a1\n'],
    'the ref was replaced in the end',
  );
  inner.equal(ref('scenarios/b'), undefined);
  inner.strictSame((await verifyStore(store)).problems, []);
});

void t.test('gc that cannot free space reports it and leaves a consistent store', async (inner) => {
  const { machine, store, ids } = await scene();
  const stager = openStager(store.stager, machine.start());
  for (const [id, ended_at] of Object.entries({ a1: '2025-01-01', a2: '2025-02-01' })) {
    const run = sampleRun(stager, { id, name: 'a', key: 'a', ended_at });
    await store.publish({ ...run, record: { ...run.record, answers: true } });
  }
  await pinRun(store, runId('a1'));
  fillDisk(machine, 'never');
  await inner.rejects(collectGarbage(store, { now: NOW, keepLast: 0 }), { code: 'STORE_FULL' });
  machine.files.before = (): void => undefined;
  inner.equal(await ids(), 'a1');
  inner.equal((await store.runForKey(keyOf('a')))?.id, 'a1', 'the record is current without its ref');
  inner.strictSame((await verifyStore(store)).problems, []);
});

void t.test('keepDays and keepLast keep the given runs', async (inner) => {
  inner.equal(await gc(inner, await five(), { keepDays: 30 }), 'a2 a3 b2');
  inner.equal(await gc(inner, await five(), { keepLast: 1 }), 'a3 b2');
  inner.equal(await gc(inner, await five(), { keepLast: 2 }), 'a2 a3 b1 b2');
  inner.equal(await gc(inner, await five(), { keepDays: 30, keepLast: 1 }), 'a2 a3 b2', 'either keeps');
  inner.equal(await gc(inner, await five(), { keepDays: 0 }), '');
});

void t.test('failed runs do not displace the last successful one', async (inner) => {
  const made = await scene();
  await made.add('a1', 'a', 9);
  for (const id of ['a2', 'a3', 'a4']) await made.add(id, 'a', 3, 'failed');
  inner.equal(await gc(inner, made, { keepLast: 1 }), 'a1 a4');
});

void t.test(
  'a run that is not the result of its key neither displaces one nor takes its refs',
  async (inner) => {
    const made = await scene();
    const stager = openStager(made.store.stager, made.machine.start());
    const add = (id: string, days: number, answers: boolean): Promise<void> => {
      const ended_at = new Date(NOW - days * DAY).toISOString();
      return made.store.publish(sampleRun(stager, { id, name: 'a', key: 'k', ended_at, answers }));
    };
    await add('a1', 9, true);
    for (const id of ['a2', 'a3']) await add(id, 3, false);
    inner.equal(await gc(inner, made, { keepLast: 1 }), 'a1 a3');
    inner.equal((await made.store.runForKey(keyOf('k')))?.id, 'a1');
    inner.equal(await gc(inner, made, { keepDays: 4 }), 'a3');
    inner.equal(made.store.reader.refTarget('keys', keyOf('k')), undefined);
    inner.equal((await made.store.latestRun('a'))?.id, 'a3');
  },
);

void t.test('the key of a removed run moves to a full run before a compact one', async (inner) => {
  const made = await scene();
  const stager = openStager(made.store.stager, made.machine.start());
  for (const [id, days, stored] of [
    ['compact', 1, false],
    ['full', 2, true],
    ['pinned', 3, false],
    ['named', 9, true],
  ] as const) {
    const ended_at = new Date(NOW - days * DAY).toISOString();
    await made.store.publish(sampleRun(stager, { id, name: id, key: 'k', ended_at, stored }));
  }
  inner.equal((await made.store.runForKey(keyOf('k')))?.id, 'named');
  inner.equal(await gc(inner, made, { keepDays: 5 }), 'compact full pinned');
  inner.equal((await made.store.runForKey(keyOf('k')))?.id, 'full');
});

void t.test('maxSize removes the oldest runs until the others fit', async (inner) => {
  inner.equal(await gc(inner, await five(), { maxSize: 506 }), 'a1 a2 a3 b1 b2');
  inner.equal(await gc(inner, await five(), { maxSize: 505 }), 'a1 a2 a3 b2');
  inner.equal(await gc(inner, await five(), { maxSize: 206 }), 'a3 b2');
  inner.equal(await gc(inner, await five(), { maxSize: 0 }), '');
});

void t.test('pinned and golden runs are kept', async (inner) => {
  const made = await five();
  await pinRun(made.store, runId('b1'));
  const golden = (await made.store.run(runId('a1')))!.result_digest;
  inner.equal(await gc(inner, made, { maxSize: 0, goldens: new Set([golden]) }), 'a1 b1');
  inner.strictSame(pinnedRuns(made.store), ['b1']);
  inner.equal(await unpinRun(made.store, runId('b1')), true);
  inner.equal(await unpinRun(made.store, runId('b1')), false);
  inner.equal(await gc(inner, made, { maxSize: 0 }), '');
  await inner.rejects(pinRun(made.store, runId('b1')), { code: 'STORE_RUN_MISSING' });
  await inner.rejects(pinRun(made.store, runId('../x')), { code: 'STORE_BAD_NAME' });
});

void t.test('the newest run with a golden result is kept', async (inner) => {
  const made = await scene();
  const stager = openStager(made.store.stager, made.machine.start());
  for (const [id, days] of Object.entries({ p1: 20, g1: 9, g3: 5, g2: 3 })) {
    const ended_at = new Date(NOW - days * DAY).toISOString();
    await made.store.publish(
      sampleRun(stager, { id, name: 'g', ended_at, artefacts: { u_ledger: ['same'] } }),
    );
  }
  await pinRun(made.store, runId('p1'));
  const goldens = new Set([(await made.store.run(runId('g1')))!.result_digest]);
  const dry = await collectGarbage(made.store, { now: NOW, maxSize: 1, goldens, dryRun: true });
  inner.match(dry, {
    runs_removed: ['g1', 'g3'],
    held_back: { pinned: 1, golden: 1 },
    bytes_kept: 4,
    bytes_over_limit: 3,
  });
  inner.equal(await gc(inner, made, { keepLast: 0, goldens }), 'g2 p1');
  inner.match(await collectGarbage(made.store, { now: NOW, maxSize: 4, goldens }), {
    held_back: { pinned: 0, golden: 0 },
    bytes_over_limit: 0,
  });
});

void t.test('a blob that only a golden names is kept', async (inner) => {
  const made = await five();
  const digest = sha256('a1'.padEnd(100, '.'));
  const options = { now: NOW, keepLast: 1, goldens: new Set([digest]) };
  inner.match(await collectGarbage(made.store, options), {
    blobs_removed: 2,
    bytes_freed: 200,
    blobs_kept: 4,
  });
  inner.ok(await made.store.hasBlob(digest));
});

void t.test('refs move to remaining runs', async (inner) => {
  const made = await five();
  await made.add('a0', 'a', 60);
  inner.equal((await made.store.latestRun('a'))?.id, 'a0', 'the last published one');
  await gc(inner, made, { keepDays: 10 });
  inner.equal((await made.store.latestRun('a'))?.id, 'a3');
  inner.equal(await made.store.runForKey(keyOf('a0')), undefined);
  await gc(inner, made, { keepDays: 0 });
  inner.equal(await made.store.latestRun('a'), undefined);
  inner.strictSame(made.machine.files.list(`${ROOT}/refs/keys`), []);
});

void t.test('the key of a removed run moves to another completed run', async (inner) => {
  const made = await scene();
  const platform = made.machine.start();
  const stager = openStager(made.store.stager, platform);
  for (const [id, days] of [
    ['k1', 1],
    ['k2', 50],
  ] as const) {
    const ended_at = new Date(NOW - days * DAY).toISOString();
    await made.store.publish(sampleRun(stager, { id, name: 'k', key: 'k', ended_at }));
  }
  inner.equal((await made.store.runForKey(keyOf('k')))?.id, 'k2');
  await gc(inner, made, { keepDays: 10 });
  inner.equal((await made.store.runForKey(keyOf('k')))?.id, 'k1');
});

void t.test('a record that cannot be read stops gc before it removes anything', async (inner) => {
  const made = await five();
  made.machine.files.overwrite(`${ROOT}/runs/a1.json`, Buffer.from('{'));
  await inner.rejects(collectGarbage(made.store, { now: NOW, maxSize: 0 }), {
    code: 'STORE_RECORD_CORRUPT',
    message: /runs\/a1\.json .* verify --repair/,
  });
  inner.equal(await made.ids(), 'a1 a2 a3 b1 b2');
  inner.ok(await made.store.hasBlob(sha256('a1'.padEnd(100, '.'))));
});

void t.test('after a power failure during gc the remaining store is consistent', async (inner) => {
  let steps = 0;
  const draw = draws(7);
  const choices = [
    (): boolean => false,
    (): boolean => true,
    ...Array.from({ length: 4 }, () => () => draw() < 0.5),
  ];
  for (const keepName of choices) {
    for (let step = 0; ; step++) {
      const made = await five();
      let left = step;
      let crashed = false;
      made.machine.files.before = (): void => {
        if (left-- > 0) return;
        crashed = true;
        throw new Error('power failure');
      };
      await collectGarbage(made.store, { now: NOW, keepLast: 1 }).catch(() => undefined);
      made.machine.alive.clear();
      made.machine.files.cutPower({ keepName, keepBytes: () => 0 });
      const again = await openDiskStore({ root: ROOT, platform: made.machine.start() });
      const { problems } = await verifyStore(again);
      if (problems.length > 0) inner.strictSame(problems, [], `step ${String(step)}`);
      for (const id of ['a3', 'b2'])
        if ((await again.run(runId(id))) === undefined) inner.fail(`${id} is gone`);
      if (!crashed) break;
      steps += 1;
    }
  }
  inner.ok(steps > 200, `${String(steps)} steps were tried`);
});

void t.test('why lists the roles of a digest, du the disk usage', async (inner) => {
  const made = await five();
  await pinRun(made.store, runId('a1'));
  const shared = await whyStored(made.store, sha256('shared'));
  inner.equal(shared.blob_size, 6);
  inner.strictSame([...new Set(shared.uses.map(({ run }) => run))], ['a1', 'a2', 'a3', 'b1', 'b2']);
  inner.match(shared.uses[1], { role: 'chunk', kind: 'inputs', chunk: { index: 0 }, pinned: true });
  inner.match((await whyStored(made.store, keyOf('a2'))).uses, [
    { role: 'input_key', run: 'a2', pinned: false },
  ]);
  inner.strictSame(await whyStored(made.store, sha256('?')), {
    digest: sha256('?'),
    blob_size: null,
    uses: [],
  });

  const usage = await diskUsage(made.store);
  inner.match(usage, { runs: 5, blobs: 6, blob_bytes: 506, logical_bytes: 530, temp_bytes: 0 });
  inner.match(usage.by_kind, [
    { of: 'u_ledger', runs: 5, bytes: 500 },
    { of: 'inputs', bytes: 30 },
  ]);
  inner.match(usage.by_scenario, [
    { of: 'a', runs: 3, bytes: 318 },
    { of: 'b', runs: 2, bytes: 212 },
  ]);
  inner.strictSame(usage.unreferenced, { blobs: 0, bytes: 0 });
});
