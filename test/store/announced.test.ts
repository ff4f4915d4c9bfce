import t from 'tap';
import { openDiskStore, openStager, verifyStore, type DiskStore } from '../../lib/store/index.js';
import { STORE_FORMATS, type StoreFormat } from '../../lib/store/layout.js';
import { keyOf, sampleRun } from './sample-run.js';
import { systemError } from './simulated-files.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const ROOT = '/data/store';
const CODES = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EPERM', 'EACCES', 'EMFILE', 'EINTR', 'ENOENT'];
const IDS = ['r1', 'r2', 'r3'];

async function reopened(machine: SimulatedMachine): Promise<DiskStore> {
  machine.alive.clear();
  machine.files.before = (): void => undefined;
  return openDiskStore({ root: ROOT, platform: machine.start() });
}

/**
 * Publishes a group while a step fails; returns the announced state of each run, or nothing when no step was
 * left.
 */
async function announced(
  machine: SimulatedMachine,
  fault: { readonly step: number; readonly code: string; readonly last: number },
  format: StoreFormat,
): Promise<ReadonlyMap<string, boolean> | undefined> {
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform, format });
  const stager = openStager(store.stager, platform);
  await store.publish(sampleRun(stager, { id: 'r0', name: 'n-r1' }));
  const runs = IDS.map((id) => sampleRun(stager, { id, name: `n-${id}`, answers: true, ended_at: LATER }));
  let step = 0;
  machine.files.before = (_, path): void => {
    const now = step++;
    if (now >= fault.step && now < fault.step + fault.last) throw systemError(fault.code, path);
  };
  const settled = await Promise.allSettled(runs.map((run) => store.publish(run)));
  if (step <= fault.step) return undefined;
  return new Map(settled.map(({ status }, at) => [IDS[at]!, status === 'fulfilled']));
}

const LATER = '2025-01-02T00:00:00.000Z';

void t.test('the announced state of a run equals that of a reopened store', async (inner) => {
  let injections = 0;
  const codes = Object.values(STORE_FORMATS).flatMap((format) => CODES.map((code) => ({ format, code })));
  for (const { format, code } of codes) {
    for (const last of [1, 2, Infinity]) {
      for (let step = 0; ; step++) {
        const machine = new SimulatedMachine();
        const said = await announced(machine, { step, code, last }, format);
        if (said === undefined) break;
        injections += 1;
        const store = await reopened(machine);
        for (const [id, kept] of said) {
          const at = `${id}: ${code} for ${String(last)} steps from ${String(step)}`;
          const found = (await store.run(runId(id))) !== undefined;
          if (found !== kept) inner.fail(`${at}: announced ${String(kept)}, found ${String(found)}`);
          if (!kept) continue;
          if ((await store.latestRun(`n-${id}`))?.id !== id) inner.fail(`${at}: its name leads elsewhere`);
          if ((await store.runForKey(keyOf(id)))?.id !== id) inner.fail(`${at}: its key leads elsewhere`);
        }
        const { problems } = await verifyStore(store);
        if (problems.length > 0) inner.strictSame(problems, [], `${code} at ${String(step)}`);
        await store.close();
      }
    }
  }
  inner.ok(injections >= 2000, `${String(injections)} injected errors`);
});

void t.test(
  'references that cannot be written are reported, and written by the next opening',
  async (inner) => {
    for (const space of ['keys', 'scenarios'] as const) {
      const machine = new SimulatedMachine();
      const platform = machine.start();
      const said: object[] = [];
      const onNotice = (notice: object): number => said.push(notice);
      const store = await openDiskStore({ root: ROOT, platform, onNotice });
      const stager = openStager(store.stager, platform);
      await store.publish(sampleRun(stager, { id: 'r0', name: 'n' }));
      machine.files.before = (step, path): void => {
        if (step === 'rename' && path.includes(`refs/${space}`)) throw systemError('EPERM', path);
      };
      await store.publish(sampleRun(stager, { id: 'r1', name: 'n', answers: true, ended_at: LATER }));
      machine.files.before = (): void => undefined;
      await store.close();
      inner.match(said, [
        { type: 'ref_owed', run: 'r1', path: new RegExp(`refs/${space}/`), message: /EPERM/ },
      ]);
      const again = await openDiskStore({ root: ROOT, platform: machine.start(), onNotice });
      inner.match(said.at(-1), { type: 'refs_completed', refs: 1 });
      inner.equal((await again.latestRun('n'))?.id, 'r1');
      inner.equal(again.reader.refTarget('keys', keyOf('r1')), 'r1');
      await again.close();
      await (await openDiskStore({ root: ROOT, platform: machine.start(), onNotice })).close();
      inner.equal(said.length, 2, 'reported only once');
    }
  },
);

void t.test('an index of another process does not hide missing references of a writer', async (inner) => {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  const run = sampleRun(openStager(store.stager, platform), { id: 'r1', name: 'n', answers: true });
  const other = await openDiskStore({ root: ROOT, platform: machine.start() });
  await other.publish(sampleRun(openStager(other.stager, platform), { id: 'r2', name: 'm' }));
  machine.files.before = (step, path): void => {
    if (step === 'rename' && path.includes('refs/')) throw new Error('killed');
  };
  await store.publish(run).catch(() => undefined);
  machine.files.before = (): void => undefined;
  await other.close();
  const again = await reopened(machine);
  inner.equal((await again.latestRun('n'))?.id, 'r1');
});

void t.test('an older run does not take a name from a newer one', async (inner) => {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  const stager = openStager(store.stager, platform);
  await store.publish(sampleRun(stager, { id: 'r1', name: 'n', key: 'k', answers: true }));
  await store.publish(sampleRun(stager, { id: 'r2', name: 'n', key: 'k', answers: true, ended_at: LATER }));
  const again = await reopened(machine);
  inner.equal((await again.latestRun('n'))?.id, 'r2');
  inner.equal((await again.runForKey(keyOf('k')))?.id, 'r2');
});
