import t from 'tap';
import type { TreePlatform } from '../../lib/base/ports.js';
import {
  collectGarbage,
  openDiskStore,
  openStager,
  verifyStore,
  type DiskStore,
  type GcReport,
  type Reliance,
} from '../../lib/store/index.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const ROOT = '/data/store';

interface Opened {
  readonly platform: TreePlatform;
  readonly store: DiskStore;
}

async function open(machine: SimulatedMachine, elsewhere = false): Promise<Opened> {
  const platform = machine.start({ elsewhere });
  return { platform, store: await openDiskStore({ root: ROOT, platform }) };
}

async function publish(
  { platform, store }: Opened,
  ids: readonly string[],
  reliance?: Reliance,
): Promise<void> {
  const stager = openStager(store.stager, platform);
  for (const id of ids)
    await store.publish({ ...sampleRun(stager, { id, name: `n-${id}` }), ...(reliance && { reliance }) });
}

/** Removes every run that is not protected. */
function collect({ store }: Opened, machine: SimulatedMachine, dryRun = false): Promise<GcReport> {
  return collectGarbage(store, { keepDays: 0, now: machine.now + 10 ** 12, dryRun });
}

void t.test('gc keeps runs that a living process relies on until it releases them', async (inner) => {
  const machine = new SimulatedMachine();
  const batch = await open(machine);
  const gc = await open(machine);
  await publish(batch, ['r1', 'r2', 'r3']);
  const reliance = await batch.store.rely([runId('r1'), runId('r3')]);
  inner.strictSame(reliance.gone, []);
  inner.match(await collect(gc, machine, true), { runs_removed: ['r2'], held_back: { in_use: 2 } });
  inner.match(await collect(gc, machine), {
    runs_removed: ['r2'],
    held_back: { in_use: 2, pinned: 0, golden: 0 },
  });
  inner.strictSame((await verifyStore(batch.store)).problems, []);
  inner.strictSame((await batch.store.rely([runId('r3'), runId('r2'), runId('no such/run')])).gone, [
    'no such/run',
    'r2',
  ]);
  reliance.release();
  inner.match(await collect(gc, machine), { runs_removed: ['r1'] }, 'r3 is still in use');
  await batch.store.close();
  inner.match(await collect(gc, machine), { runs_removed: ['r3'], held_back: { in_use: 0 } });
});

void t.test('gc with a size limit keeps runs in use and reports the excess', async (inner) => {
  const machine = new SimulatedMachine();
  const batch = await open(machine);
  await publish(batch, ['r1', 'r2']);
  await batch.store.rely([runId('r1')]);
  const report = await collectGarbage(batch.store, { maxSize: 1, now: machine.now });
  inner.match(report, { runs_removed: ['r2'], held_back: { in_use: 1 } });
  inner.ok(report.bytes_over_limit > 0);
});

void t.test('a run published under a reliance is protected immediately', async (inner) => {
  const machine = new SimulatedMachine();
  const batch = await open(machine);
  const gc = await open(machine);
  const reliance = await batch.store.rely([]);
  await publish(batch, ['r1', 'r2'], reliance);
  await publish(batch, ['r3']);
  inner.match(await collect(gc, machine), { runs_removed: ['r3'] });
  reliance.release();
  inner.match(await collect(gc, machine), { runs_removed: ['r1', 'r2'] });
});

for (const elsewhere of [false, true]) {
  const where = elsewhere ? 'in another container' : 'here';
  void t.test(`a process that died ${where} protects no run`, async (inner) => {
    const machine = new SimulatedMachine();
    const batch = await open(machine, elsewhere);
    await publish(batch, ['r1']);
    await batch.store.rely([runId('r1')]);
    const gc = await open(machine);
    machine.kill(batch.platform);
    inner.match(await collect(gc, machine), { runs_removed: ['r1'] });
  });
}

void t.test('a living process in another container keeps the runs it relies on', async (inner) => {
  const machine = new SimulatedMachine();
  const batch = await open(machine, true);
  const gc = await open(machine);
  await publish(batch, ['r1', 'r2']);
  await batch.store.rely([runId('r1')]);
  const lease = machine.files.list(`${ROOT}/locks`).find(({ name }) => name.includes('bbbb'))!;
  machine.duringPause = (): void => {
    machine.files.touch(`${ROOT}/locks/${lease.name}`);
  };
  inner.match(await collect(gc, machine), { runs_removed: ['r2'] });
});

void t.test('a requested run is either removed before or kept, at any time of gc', async (inner) => {
  let steps = 0;
  for (let more = true; more; steps++) {
    const machine = new SimulatedMachine();
    const batch = await open(machine);
    const gc = await open(machine);
    await publish(batch, ['r1', 'r2']);
    let collected: Promise<GcReport> | undefined;
    let left = steps;
    machine.files.before = (): void => {
      if (left-- !== 0) return;
      collected = collect(gc, machine);
    };
    const { gone } = await batch.store.rely([runId('r1'), runId('r2')]);
    more = collected !== undefined;
    await collected;
    for (const id of ['r1', 'r2']) {
      const isThere = (await batch.store.run(runId(id))) !== undefined;
      if (isThere === gone.includes(runId(id))) inner.fail(`${id} after ${String(steps)} steps`);
    }
    inner.strictSame((await verifyStore(batch.store)).problems, []);
  }
  for (let more = true; more; steps++) {
    const machine = new SimulatedMachine();
    const batch = await open(machine);
    const gc = await open(machine);
    await publish(batch, ['r1', 'r2']);
    let relied: Promise<Reliance> | undefined;
    let left = steps;
    machine.files.before = (): void => {
      if (left-- !== 0) return;
      relied = batch.store.rely([runId('r1'), runId('r2')]);
    };
    await collect(gc, machine);
    more = relied !== undefined;
    const gone = (await relied)?.gone ?? ['r1', 'r2'];
    for (const id of ['r1', 'r2']) {
      const isThere = (await batch.store.run(runId(id))) !== undefined;
      if (isThere === gone.includes(runId(id)))
        inner.fail(`${id}: requested after ${String(steps)} steps of gc`);
    }
  }
  inner.ok(steps > 10, `${String(steps)} interleavings`);
});

void t.test('a store without inodes lets gc free space', async (inner) => {
  const machine = new SimulatedMachine();
  const before = await open(machine);
  await publish(before, ['r1', 'r2']);
  await before.store.close();
  for (const code of ['ENOSPC', 'EDQUOT']) {
    machine.files.create = (): never => {
      throw Object.assign(new Error(code), { code });
    };
    const gc = await open(machine);
    inner.match(await collectGarbage(gc.store, { keepLast: 1, now: machine.now }), { runs_removed: [] });
    if (code === 'EDQUOT') inner.match(await collect(gc, machine), { runs_removed: ['r1', 'r2'] });
    await gc.store.close();
    inner.strictSame(machine.files.list(`${ROOT}/locks`), []);
    inner.match(machine.files.readText(`${ROOT}/store.json`), /aether-store/);
  }
});
