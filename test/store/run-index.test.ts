import t from 'tap';
import { listRuns, MemoryStore, openDiskStore, openStager, summarise } from '../../lib/store/index.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';

const ROOT = '/data/store';
const INDEX = `${ROOT}/cache/runs-2.json`;

async function publish(machine: SimulatedMachine, ...ids: readonly string[]): Promise<void> {
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  for (const id of ids) await store.publish(sampleRun(openStager(store.stager, platform), { id }));
  await store.close();
}

/** Lists the runs and counts the records that had to be read for it. */
async function list(machine: SimulatedMachine): Promise<{ ids: string; reads: number }> {
  const store = await openDiskStore({ root: ROOT, platform: machine.start(), mode: 'read' });
  let reads = 0;
  machine.files.before = (_, path): void => {
    if (path.startsWith(`${ROOT}/runs/`)) reads += 1;
  };
  const ids = store.runSummaries().map(({ id }) => id);
  machine.files.before = (): void => undefined;
  return { ids: ids.join(' '), reads };
}

void t.test('an index saves reading the records', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1', 'r2');
  inner.strictSame(await list(machine), { ids: 'r1 r2', reads: 0 });
  await publish(machine, 'r0');
  inner.strictSame(await list(machine), { ids: 'r0 r1 r2', reads: 0 });
});

void t.test('the tree is the truth', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1', 'r2', 'r3');
  machine.files.remove(`${ROOT}/runs/r2.json`);
  inner.strictSame(await list(machine), { ids: 'r1 r3', reads: 0 });
  machine.files.remove(INDEX);
  inner.strictSame(await list(machine), { ids: 'r1 r3', reads: 2 });
  machine.files.overwrite(INDEX, Buffer.from('nonsense'));
  inner.strictSame(await list(machine), { ids: 'r1 r3', reads: 2 });
});

void t.test('every store lists the same summaries', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1');
  const memory = new MemoryStore();
  const run = sampleRun(openStager(memory.stager), { id: 'r1' });
  await memory.publish(run);
  const disk = await openDiskStore({ root: ROOT, platform: machine.start(), mode: 'read' });
  inner.strictSame(await listRuns(disk), [summarise((await disk.run('r1'))!)]);
  inner.strictSame(await listRuns(memory), await listRuns(disk));
  inner.equal(summarise(run.record).bytes, 72);
});
