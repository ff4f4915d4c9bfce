import t from 'tap';
import { openDiskStore, openStager, verifyStore } from '../../lib/store/index.js';
import { sampleRun } from './sample-run.js';
import { systemError } from './simulated-files.js';
import { SimulatedMachine } from './simulated-machine.js';

/** A reference that survives a power failure names a record that survives it too. */

const ROOT = '/data/store';
const RUNS = `${ROOT}/runs`;

/** Problems of the tree after a power failure that discards unsynced data. */
async function afterPowerCut(machine: SimulatedMachine): Promise<readonly unknown[]> {
  machine.alive.clear();
  machine.files.cutPower({ keepName: () => false, keepBytes: () => 0, pickVersion: () => 0 });
  const store = await openDiskStore({ root: ROOT, platform: machine.start() });
  const { problems } = await verifyStore(store);
  await store.close();
  return problems;
}

async function opened() {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const notices: string[] = [];
  const store = await openDiskStore({ root: ROOT, platform, onNotice: ({ type }) => notices.push(type) });
  return {
    machine,
    store,
    notices,
    run: sampleRun(openStager(store.stager, platform), { id: 'r1', answers: true }),
  };
}

void t.test('opening syncs records of a killed writer before it writes references', async (t) => {
  const { machine, store, run } = await opened();
  let isDead = false;
  machine.files.before = (step, path) => {
    isDead ||= step === 'sync' && path === RUNS;
    if (isDead) throw new Error('killed');
  };
  // Errors of a process that is already dead are ignored.
  await store.publish(run).catch(() => undefined);
  machine.alive.clear();
  machine.files.before = () => undefined;
  t.ok(machine.files.stat(`${RUNS}/r1.json`), 'the record has its name');
  const notices: string[] = [];
  const platform = machine.start();
  await openDiskStore({ root: ROOT, platform, onNotice: ({ type }) => notices.push(type) });
  t.strictSame(notices, ['refs_completed']);
  t.strictSame(await afterPowerCut(machine), []);
});

for (const lasts of [1, Infinity]) {
  void t.test(`a record whose directory fails to sync ${String(lasts)} times is not confirmed`, async (t) => {
    const { machine, store, run, notices } = await opened();
    let left = lasts;
    machine.files.before = (step, path) => {
      if (step === 'sync' && path === RUNS && left-- > 0) throw systemError('EIO', path);
      if (step === 'remove' && path === `${RUNS}/r1.json`) throw systemError('EIO', path);
    };
    await store.publish(run);
    machine.files.before = () => undefined;
    t.strictSame(notices, ['record_not_synced']);
    t.equal((await store.latestRun(run.record.name))?.id, lasts === 1 ? 'r1' : undefined);
    t.strictSame(await afterPowerCut(machine), []);
  });
}
