import t from 'tap';
import type { TreePlatform } from '../../lib/base/ports.js';
import { sha256 } from '../../lib/base/digest.js';
import {
  collectGarbage,
  openDiskStore,
  openStager,
  verifyStore,
  type DiskStore,
  type GcReport,
  type StoreNotice,
} from '../../lib/store/index.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const ROOT = '/data/store';
const X = sha256('x');

interface Opened {
  readonly platform: TreePlatform;
  readonly store: DiskStore;
  readonly notices: StoreNotice[];
}

async function open(machine: SimulatedMachine, options: { elsewhere?: boolean } = {}): Promise<Opened> {
  const platform = machine.start(options);
  const notices: StoreNotice[] = [];
  const store = await openDiskStore({ root: ROOT, platform, onNotice: (notice) => notices.push(notice) });
  return { platform, store, notices };
}

/** Leaves a blob `x` that no run refers to. */
async function leaveGarbage(machine: SimulatedMachine): Promise<void> {
  const { platform, store } = await open(machine);
  const run = sampleRun(openStager(store.stager, platform), { id: 'r1', artefacts: {} });
  await store.publish({ ...run, blobs: [openStager(store.stager, platform).put(Buffer.from('x'))] });
  await store.close();
}

function locks(machine: SimulatedMachine): readonly string[] {
  return machine.files.list(`${ROOT}/locks`).map(({ name }) => name);
}

void t.test('gc keeps a blob that a run adopts while gc checks it', async (inner) => {
  const machine = new SimulatedMachine();
  await leaveGarbage(machine);
  const gc = await open(machine);
  const writer = await open(machine);
  const stager = openStager(writer.store.stager, writer.platform);
  let collected: Promise<GcReport> | undefined;
  machine.files.before = (step, path): void => {
    // The writer has verified `x` and is about to rely on it; no record refers to it yet.
    if (step === 'sync' && path.endsWith(X.slice(2)))
      collected ??= collectGarbage(gc.store, { now: machine.now });
  };
  await writer.store.publish(sampleRun(stager, { id: 'r2', artefacts: { log: ['x'] } }));
  inner.match(await collected, { blobs_removed: 0 });
  inner.match(gc.notices, [{ type: 'waiting' }]);
  inner.strictSame((await verifyStore(writer.store)).problems, []);
  inner.ok(await writer.store.hasBlob(X));
});

void t.test('a writer waits while gc works, then publishes', async (inner) => {
  const machine = new SimulatedMachine();
  await leaveGarbage(machine);
  const gc = await open(machine);
  const writer = await open(machine);
  const stager = openStager(writer.store.stager, writer.platform);
  let published: Promise<void> | undefined;
  await gc.store.maintenance().lease.exclusively(async () => {
    published = writer.store.publish(sampleRun(stager, { id: 'r2' }));
    await new Promise((resolve) => setImmediate(resolve));
    inner.equal(await writer.store.run(runId('r2')), undefined, 'still waiting');
    inner.notOk(
      locks(machine).some((name) => name.startsWith('commit-')),
      'its lock is released',
    );
  });
  await published;
  inner.equal((await writer.store.run(runId('r2')))?.id, 'r2');
  inner.match(writer.notices, [
    { type: 'waiting', holder: `process ${String(gc.platform.processes.self.pid)}` },
  ]);
});

void t.test('a looping gc lets a waiting writer pass', async (inner) => {
  const machine = new SimulatedMachine();
  const gc = await open(machine);
  const writer = await open(machine);
  let published = false;
  let turns = 0;
  for (; !published && turns < 1000; turns++) {
    await gc.store.maintenance().lease.exclusively(async () => {
      if (turns === 0) {
        const run = sampleRun(openStager(writer.store.stager, writer.platform), { id: 'r1' });
        void writer.store.publish(run).then(() => (published = true));
      }
      for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
    });
  }
  inner.ok(turns <= 3, `after ${String(turns)} turns`);
  inner.equal(writer.notices.length, 1, 'each holder is reported once');
  inner.equal(locks(machine).length, 2, 'only the leases remain');
});

void t.test('only one gc works at a time', async (inner) => {
  const machine = new SimulatedMachine();
  const stores = await Promise.all([open(machine), open(machine), open(machine)]);
  let inside = 0;
  let most = 0;
  const turns = stores.map(({ store }) =>
    store.maintenance().lease.exclusively(async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    }),
  );
  await Promise.all(turns);
  inner.equal(most, 1);
  inner.equal(locks(machine).length, 3, 'only the leases remain');
});

void t.test('locks of a process that died on this machine are ignored', async (inner) => {
  const machine = new SimulatedMachine();
  const dead = await open(machine);
  void dead.store.maintenance().lease.whileProtected(() => new Promise(() => undefined));
  void dead.store.maintenance().lease.exclusively(() => new Promise(() => undefined));
  await new Promise((resolve) => setImmediate(resolve));
  inner.equal(locks(machine).length, 3);
  machine.kill(dead.platform);
  const { platform, store, notices } = await open(machine);
  inner.equal(locks(machine).length, 1, 'removed when the store is opened');
  await store.publish(sampleRun(openStager(store.stager, platform), { id: 'r1' }));
  await collectGarbage(store, { now: machine.now });
  inner.strictSame(notices, []);
});

void t.test('a pid that was reused by another process does not revive its locks', async (inner) => {
  const machine = new SimulatedMachine();
  const dead = await open(machine);
  const { pid } = dead.platform.processes.self;
  const own = locks(machine)[0]!;
  const successor = own.replace(`lease-${String(pid)}-${String(pid * 7)}-`, `commit-${String(pid)}-1-`);
  machine.files.create(`${ROOT}/locks/${successor}`, '');
  const { store, notices } = await open(machine);
  await collectGarbage(store, { now: machine.now });
  inner.strictSame(notices, []);
  inner.ok(locks(machine).includes(own), 'the living process keeps its lease');
});

void t.test('a silent process in another container loses its lock after a while', async (inner) => {
  const machine = new SimulatedMachine();
  const far = await open(machine, { elsewhere: true });
  void far.store.maintenance().lease.whileProtected(() => new Promise(() => undefined));
  const lease = locks(machine).find((name) => name.startsWith('lease-'))!;
  const here = await open(machine);
  let pauses = 0;
  machine.duringPause = (): void => {
    pauses += 1;
    if (pauses < 5000) machine.files.touch(`${ROOT}/locks/${lease}`);
  };
  await collectGarbage(here.store, { now: machine.now });
  inner.ok(pauses > 5000, 'not while its pulse changes');
  inner.match(here.notices, [{ type: 'waiting', holder: /another machine/ }]);
});

for (const [how, set] of [
  ['ran ahead by a year', 365 * 24 * 3_600_000],
  ['ran behind by a year', -365 * 24 * 3_600_000],
] as const) {
  void t.test(`a process elsewhere keeps its runs when the clock here ${how}`, async (inner) => {
    const machine = new SimulatedMachine();
    const far = await open(machine, { elsewhere: true });
    const run = sampleRun(openStager(far.store.stager, far.platform), { id: 'r1' });
    machine.now += set;
    const here = await open(machine);
    const lease = locks(machine)[0]!;
    machine.duringPause = (): void => {
      machine.files.touch(`${ROOT}/locks/${lease}`);
    };
    await collectGarbage(here.store, { now: machine.now });
    await far.store.publish(run);
    inner.equal((await here.store.run(runId('r1')))?.id, 'r1');
    inner.strictSame(here.notices, [
      { type: 'waiting', holder: here.notices.map((n) => 'holder' in n && n.holder)[0] },
    ]);
  });
}

void t.test(
  'leftovers of a process that died elsewhere are removed by the next gc or by age',
  async (inner) => {
    for (const how of ['gc', 'pulse'] as const) {
      const machine = new SimulatedMachine();
      const far = await open(machine, { elsewhere: true });
      openStager(far.store.stager, far.platform).put(Buffer.from('x'));
      const here = await open(machine);
      inner.equal(machine.files.list(`${ROOT}/tmp`).length, 1);
      if (how === 'gc') await collectGarbage(here.store, { now: machine.now });
      else for (let pulse = 0; pulse < 8; pulse++) machine.pulse();
      inner.strictSame(machine.files.list(`${ROOT}/tmp`), [], how);
      inner.equal(locks(machine).length, 1, 'only the lease of this process remains');
      inner.match(here.notices.at(-1), { type: 'leftovers_swept', files: 1 });
    }
  },
);

void t.test('temp files of living processes elsewhere are kept, others removed', async (inner) => {
  const machine = new SimulatedMachine();
  const far = await open(machine, { elsewhere: true });
  openStager(far.store.stager, far.platform).put(Buffer.from('x'));
  await (await open(machine)).store.close();
  inner.equal(machine.files.list(`${ROOT}/tmp`).length, 1);
  await far.store.close();
  const { notices } = await open(machine);
  inner.equal(machine.files.list(`${ROOT}/tmp`).length, 0);
  inner.strictSame(notices, [{ type: 'leftovers_swept', files: 1 }]);
});

void t.test('a writer that lost its lease publishes no record', async (inner) => {
  const machine = new SimulatedMachine();
  const { platform, store } = await open(machine);
  const run = sampleRun(openStager(store.stager, platform), { id: 'r1' });
  machine.files.before = (step, path): void => {
    if (step !== 'sync' || !path.includes('/blobs/')) return;
    machine.files.before = (): void => undefined;
    for (const name of locks(machine)) machine.files.remove(`${ROOT}/locks/${name}`);
  };
  await inner.rejects(store.publish(run), { code: 'STORE_LOCKED' });
  inner.equal(await store.run(runId('r1')), undefined);
  await store.publish(sampleRun(openStager(store.stager, platform), { id: 'r1' }));
  inner.ok(
    locks(machine).some((name) => name.startsWith('lease-')),
    'with a new lease it publishes',
  );
});

void t.test('gc works on a full disk', async (inner) => {
  const machine = new SimulatedMachine();
  await leaveGarbage(machine);
  const { store } = await open(machine);
  const create = machine.files.create.bind(machine.files);
  machine.files.create = (path, bytes): void => {
    if (bytes.length > 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    create(path, bytes);
  };
  inner.match(await collectGarbage(store, { now: machine.now }), { blobs_removed: 1, bytes_freed: 1 });
});
