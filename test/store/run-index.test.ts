import t from 'tap';
import { listRuns, MemoryStore, openDiskStore, openStager, summarise } from '../../lib/store/index.js';
import type { Digest } from '../../lib/base/digest.js';
import { sealRecord } from '../../lib/store/record-file.js';
import type { StoreFormat } from '../../lib/store/layout.js';
import type { StoreNotice } from '../../lib/store/sharing/notice.js';
import { standingFor } from '../../lib/store/standing.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const ROOT = '/data/store';
const INDEX = `${ROOT}/cache/runs-3.json`;

async function publish(machine: SimulatedMachine, ...ids: readonly string[]): Promise<void> {
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  for (const id of ids) await store.publish(sampleRun(openStager(store.stager, platform), { id }));
  await store.close();
}

/** Lists the runs and counts the records that were read. */
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

void t.test('the index replaces reading of records', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1', 'r2');
  inner.strictSame(await list(machine), { ids: 'r1 r2', reads: 0 });
  await publish(machine, 'r0');
  inner.strictSame(await list(machine), { ids: 'r0 r1 r2', reads: 0 });
});

void t.test('the tree takes precedence over the index', async (inner) => {
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
  inner.strictSame(await listRuns(disk), [summarise((await disk.run(runId('r1')))!)]);
  inner.strictSame(await listRuns(memory), await listRuns(disk));
  inner.equal(summarise(run.record).bytes, 72);
});

/** Makes a store with the runs r0 to r99, one commit for each, and returns their keys. */
async function hundredRuns(machine: SimulatedMachine, format: StoreFormat): Promise<readonly Digest[]> {
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform, format });
  const stager = openStager(store.stager, platform);
  const keys: Digest[] = [];
  for (let n = 0; n < 100; n++) {
    const run = sampleRun(stager, {
      id: `r${String(n)}`,
      key: `k${String(n)}`,
      name: `n${String(n)}`,
      answers: true,
    });
    keys.push(run.record.input_key);
    await store.publish(run);
  }
  await store.close();
  return keys;
}

for (const format of ['aether-store/1', 'aether-store/2'] as const) {
  void t.test(
    `the index answers for keys, but not for a damaged or other record (${format})`,
    async (inner) => {
      const machine = new SimulatedMachine();
      const keys = await hundredRuns(machine, format);
      const platform = machine.start();
      const store = await openDiskStore({ root: ROOT, platform, mode: 'read' });
      store.keepStill();
      const answers = async (): Promise<readonly (string | undefined)[]> =>
        Promise.all(keys.map(async (key) => (await standingFor(store, key))?.id));
      inner.strictSame(
        await answers(),
        keys.map((_, n) => `r${String(n)}`),
      );
      inner.match(await standingFor(store, keys[99]!), { id: 'r99', state: 'completed', retain: 'full' });
      const damaged = await store.run(runId('r90'));
      if (format === 'aether-store/1') {
        machine.files.overwrite(
          `${ROOT}/runs/r90.json`,
          Buffer.from(sealRecord({ ...damaged!, golden: 'x' } as never)),
        );
        machine.files.overwrite(`${ROOT}/runs/r91.json`, Buffer.from('{}'));
        machine.files.remove(`${ROOT}/runs/r92.json`);
        const found = await answers();
        inner.strictSame(found.slice(89, 94), ['r89', 'r90', undefined, undefined, 'r93']);
      }
      await store.close();
    },
  );
}

void t.test('answers from segments, in a store that others write to', async (inner) => {
  const machine = new SimulatedMachine();
  const keys = await hundredRuns(machine, 'aether-store/2');
  const notices: StoreNotice[] = [];
  const store = await openDiskStore({
    root: ROOT,
    platform: machine.start(),
    onNotice: (notice) => notices.push(notice),
  });
  const answers = async (from = store): Promise<readonly (string | undefined)[]> => {
    const found: (string | undefined)[] = [];
    for (const key of keys) found.push((await standingFor(from, key))?.id);
    return found;
  };
  const expected: (string | undefined)[] = keys.map((_, n) => `r${String(n)}`);
  inner.strictSame(await answers(), expected);

  const segment = machine.files
    .list(`${ROOT}/segments`)
    .map(({ name }) => `${ROOT}/segments/${name}`)
    .find((path) => machine.files.readText(path)!.includes('run r90 '))!;
  const bytes = Buffer.from(await machine.files.readBytes(segment));
  const sum = bytes.indexOf('"checksum":"') + '"checksum":"'.length;
  bytes[sum]! ^= 1;
  machine.files.overwrite(segment, bytes);
  inner.strictSame(await answers(), expected.with(90, undefined), 'a damaged record does not answer');
  inner.match(notices, [{ type: 'record_unreadable' }]);

  const still = await openDiskStore({ root: ROOT, platform: machine.start(), mode: 'read' });
  still.keepStill();
  const platform = machine.start();
  const other = await openDiskStore({ root: ROOT, platform });
  const again = { id: 'r91-again', key: 'k91', name: 'n91', answers: true };
  await other.publish(sampleRun(openStager(other.stager, platform), again));
  await other.close();
  await new Promise((resolve) => setImmediate(resolve));
  const renewed = expected.with(90, undefined).with(91, 'r91-again');
  inner.strictSame(await answers(), renewed, 'a later run of another process does');
  inner.strictSame(
    await answers(still),
    expected.with(90, undefined),
    'not in a store that ignores later changes',
  );

  await new Promise((resolve) => setImmediate(resolve));
  machine.files.before = (_, path): void => {
    if (path === `${ROOT}/segments`) throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  await inner.rejects(answers(), { code: 'STORE_IO' }, 'an error of the disk is one of the store');
  machine.files.before = (): void => undefined;
  inner.strictSame(await answers(), renewed, 'the next question looks again');
  await still.close();
  await store.close();
});
