import t, { type Test } from 'tap';
import { AetherError } from '../../lib/base/errors.js';
import { openDiskStore, openStager, verifyStore, type DiskStore } from '../../lib/store/index.js';
import { STORE_FORMATS, type StoreFormat } from '../../lib/store/layout.js';
import { keyOf, sampleRun } from './sample-run.js';
import { systemError } from './simulated-files.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

const CODES: Record<string, string> = {
  ENOSPC: 'STORE_FULL',
  EDQUOT: 'STORE_FULL',
  EROFS: 'STORE_READ_ONLY',
  EACCES: 'STORE_READ_ONLY',
  EMFILE: 'STORE_TOO_MANY_FILES',
  ENFILE: 'STORE_TOO_MANY_FILES',
  EIO: 'STORE_IO',
};
const ROOT = '/data/store';

/** Stages the runs, then calls `arm`, then publishes; returns the rejections. */
type Publish = (ids: readonly string[], arm?: () => void) => Promise<Error[]>;

async function opened(
  format: StoreFormat = STORE_FORMATS.plain,
): Promise<{ machine: SimulatedMachine; store: DiskStore; publish: Publish }> {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform, format });
  const stager = openStager(store.stager, platform);
  const publish: Publish = async (ids, arm) => {
    const runs = ids.map((id) => sampleRun(stager, { id, name: `n-${id}` }));
    arm?.();
    const settled = await Promise.allSettled(runs.map((run) => store.publish(run)));
    return settled.flatMap((call) => (call.status === 'rejected' ? [call.reason as Error] : []));
  };
  return { machine, store, publish };
}

function failAt(
  machine: SimulatedMachine,
  step: number,
  options: { code: string; once: boolean },
): (() => boolean) & { readonly path: () => string } {
  let left = step;
  let failed = false;
  let first = '';
  machine.files.before = (_, path): void => {
    if (left-- > 0 || (options.once && failed)) return;
    if (!failed) first = path;
    failed = true;
    throw systemError(options.code, path);
  };
  return Object.assign(() => failed, { path: () => first });
}

const FORMATS = Object.values(STORE_FORMATS);

for (const [once, format] of FORMATS.flatMap((f) => [[true, f] as const, [false, f] as const])) {
  const how = once ? 'once' : 'from then on';
  void t.test(`any step of publishing fails ${how}, ${format}`, async (inner) => {
    for (const [code, expected] of Object.entries(CODES)) {
      let rejections = 0;
      for (let step = 0; ; step++) {
        const { machine, store, publish } = await opened(format);
        let failed: () => boolean = () => false;
        const errors = await publish(['r1', 'r2'], () => {
          failed = failAt(machine, step, { code, once });
        });
        if (!failed()) break;
        machine.files.before = (): void => undefined;
        const at = `${code} at step ${String(step)}`;
        for (const error of errors) {
          rejections += 1;
          if (!(error instanceof AetherError) || error.code !== expected)
            inner.fail(`${at}: ${String(error)}`);
          else if (!error.message.includes(code))
            inner.fail(`${at}: ${error.message} does not name the cause`);
        }
        await standsUp(inner, store, { publish, at });
        const locks = machine.files.list(`${ROOT}/locks`);
        if (locks.length > 1) inner.strictSame(locks, [], `${at}: only the lease may remain`);
        if (machine.files.list(`${ROOT}/tmp`).length > (once ? 0 : 20))
          inner.fail(`${at}: temps left behind`);
        await store.close();
      }
      inner.ok(rejections > 20, `${code}: ${String(rejections)} rejections`);
    }
  });
}

/** After the fault the store is intact and accepts the same runs. */
async function standsUp(
  inner: Test,
  store: DiskStore,
  { publish, at }: { publish: Publish; at: string },
): Promise<void> {
  const report = await verifyStore(store);
  if (report.problems.length > 0) inner.strictSame(report.problems, [], at);
  const errors = await publish(['r1', 'r2']);
  if (errors.length > 0) inner.strictSame(errors, [], `${at}: publishing again`);
  for (const id of ['r1', 'r2']) {
    if ((await store.runForKey(keyOf(id)))?.id !== id) inner.fail(`${at}: ${id} cannot be found`);
  }
}

void t.test('a fault in one run does not affect other runs of the commit', async (inner) => {
  const { machine, store } = await opened();
  const platform = machine.start();
  const stager = openStager(store.stager, platform);
  const good = sampleRun(stager, { id: 'r1' });
  const bad = sampleRun(stager, { id: 'r2' });
  const last = bad.blobs.at(-1);
  machine.files.before = (step, path): void => {
    if (step === 'sync' && last?.at === 'disk' && path.endsWith(last.temp)) throw systemError('EIO', path);
  };
  const [first, second] = await Promise.allSettled([store.publish(good), store.publish(bad)]);
  inner.equal(first.status, 'fulfilled');
  inner.match(second, { reason: { code: 'STORE_IO', message: /blobs\/sha256\/.*EIO/ } });
  inner.equal((await store.run(runId('r1')))?.id, 'r1');
  inner.equal(await store.run(runId('r2')), undefined);
});

void t.test('a stager on a full disk reports it and leaves no files', async (inner) => {
  const { machine, store } = await opened();
  const stager = openStager(store.stager, machine.start());
  failAt(machine, 0, { code: 'ENOSPC', once: true });
  inner.throws(() => stager.put(Buffer.from('x')), { code: 'STORE_FULL', message: /tmp\/.*ENOSPC/ });
  inner.strictSame(machine.files.list(`${ROOT}/tmp`), []);
});

void t.test('reading faults are reported with their codes', async (inner) => {
  const { machine, store, publish } = await opened();
  await publish(['r1']);
  failAt(machine, 0, { code: 'EIO', once: false });
  await inner.rejects(store.run(runId('r1')), { code: 'STORE_IO', message: /runs\/r1\.json.*EIO/ });
  await inner.rejects(store.blob(keyOf('x')), { code: 'STORE_IO' });
  await inner.rejects(store.runForKey(keyOf('r1')), { code: 'STORE_IO' });
});

/**
 * Errors of the check for missing references, which comes last, do not prevent opening a tree that verify
 * repairs.
 */
const SPARED = [`${ROOT}/cache/runs-3.json`, `${ROOT}/runs`];

void t.test('a failure of any step of opening is reported', async (inner) => {
  for (const [code, expected] of Object.entries(CODES)) {
    let rejections = 0;
    for (let step = 0; ; step++) {
      const machine = new SimulatedMachine();
      const failed = failAt(machine, step, { code, once: false });
      const outcome = await openDiskStore({ root: ROOT, platform: machine.start() }).catch(
        (error: unknown) => error,
      );
      if (!failed()) break;
      if (SPARED.includes(failed.path())) continue;
      rejections += 1;
      if (!(outcome instanceof AetherError) || outcome.code !== expected)
        inner.fail(`${code}: ${String(outcome)}`);
      machine.files.before = (): void => undefined;
      await (await openDiskStore({ root: ROOT, platform: machine.start() })).close();
    }
    inner.ok(rejections > 15, `${code}: ${String(rejections)} rejections`);
  }
});
