import t from 'tap';
import type { Digest } from '../../lib/base/digest.js';
import { InProcessExecutor } from '../../lib/execution/in-process-executor.js';
import { repairStore, type RepairReport } from '../../lib/batch/repair-store.js';
import { openDiskStore, openStager, verifyStore, type DiskStore } from '../../lib/store/index.js';
import { systemError } from '../store/simulated-files.js';
import { SimulatedMachine } from '../store/simulated-machine.js';
import { makeBatch } from './batch-fixture.js';
import { plannedRun, sampleInputs } from './sample-runs.js';

const ROOT = '/store';

interface Scene {
  readonly machine: SimulatedMachine;
  readonly store: DiskStore;
  /** Blobs of the run that are missing, ascending. */
  readonly lost: readonly Digest[];
  readonly repair: () => Promise<RepairReport>;
}

/** A run with two missing artefacts and a name without a target. */
async function scene(): Promise<Scene> {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  const executor = new InProcessExecutor({
    slots: 1,
    clock: { now: () => 0, monotonic: () => 0 },
    openLog: () => null,
    openStager: (spec) => openStager(spec, platform),
  });
  await makeBatch([plannedRun('gf01', sampleInputs())], executor, { store }).batch.execute();
  const [id] = await store.runIds();
  const run = await store.run(id!);
  const lost = ['umx_ledger', 'u_ledger'].map(
    (kind) => run!.artefacts.find((artefact) => artefact.kind === kind)!.chunks[0]!.digest,
  );
  for (const digest of lost) machine.files.remove(store.reader.path(blobPath(digest)));
  machine.files.overwrite(`${ROOT}/refs/scenarios/gf01`, Buffer.from('?'));
  const repair = async (): Promise<RepairReport> => {
    const { problems } = await verifyStore(store);
    return repairStore({ store, problems, inputsFor: () => Promise.resolve(undefined) });
  };
  return { machine, store, lost: lost.sort(), repair };
}

function blobPath(digest: Digest): string {
  return `blobs/sha256/${digest.slice(0, 2)}/${digest.slice(2)}`;
}

void t.test('a repair on a full disk lists all failed repairs', async (inner) => {
  const { machine, store, lost, repair } = await scene();
  machine.files.before = (step, path): void => {
    if (step === 'create' && path.includes('/tmp/')) throw systemError('ENOSPC', path);
  };
  const full = await repair();
  inner.match(full, { repaired: [], set_aside: [], refs: [] });
  inner.match(full.unmended, [{ path: 'refs/scenarios/gf01', why: /no space left \(ENOSPC\)$/ }]);
  inner.strictSame(full.unrepaired.map(({ digest }) => digest).sort(), lost);
  for (const { why } of full.unrepaired) inner.match(why, /^cannot write tmp\/.*no space left \(ENOSPC\)$/);
  machine.files.before = (): void => undefined;
  inner.match(await repair(), { repaired: lost, unrepaired: [], unmended: [], refs: [{}] });
  inner.strictSame((await verifyStore(store)).problems, []);
});

void t.test('a blob that the store refuses does not prevent the repair of others', async (inner) => {
  const { machine, lost, repair } = await scene();
  const [refused, other] = lost;
  machine.files.before = (step, path): void => {
    if (step === 'rename' && path === `${ROOT}/${blobPath(refused!)}`) throw systemError('EIO', path);
  };
  inner.match(await repair(), {
    repaired: [other],
    unrepaired: [{ digest: refused, why: /^cannot repair .*EIO/ }],
    refs: [{ path: 'refs/scenarios/gf01' }],
  });
});

void t.test('blobs are restored even if the rest of the store cannot be repaired', async (inner) => {
  const { machine, lost, repair } = await scene();
  machine.files.before = (step, path): void => {
    if (step === 'create' && path.startsWith(`${ROOT}/locks/gc-`)) throw systemError('EACCES', path);
  };
  inner.match(await repair(), {
    repaired: lost,
    unmended: [{ path: 'refs/scenarios/gf01', why: /EACCES/ }],
  });
});
