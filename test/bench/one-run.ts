import { AS_WRITTEN, planBatch, Batch, EVERYTHING } from '../../lib/batch/index.js';
import { InProcessExecutor } from '../../lib/execution/in-process-executor.js';
import type { Executor } from '../../lib/execution/executor.js';
import { loadManifests } from '../../lib/config/index.js';
import { nodeDocumentFiles, nodePlatform, systemClock } from '../../lib/platform/index.js';
import { openDiskStore, openStager, type ArtefactStore, type RunRecord } from '../../lib/store/index.js';

/** Plans and executes a manifest, forced, and returns the records. */
export async function executeManifest(
  manifest: string,
  {
    store,
    grep = null,
    executor = mainThread(),
  }: { store: ArtefactStore; grep?: RegExp | null; executor?: Executor },
): Promise<RunRecord[]> {
  const registry = loadManifests([manifest], nodeDocumentFiles);
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems));
  const plan = await planBatch({
    ...AS_WRITTEN,
    registry: registry.value,
    store,
    selection: { ...EVERYTHING, grep },
    force: true,
  });
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems));
  const engine = { version: 'bench', commit: null, node: process.version, platform: process.platform };
  const around = {
    executor,
    store,
    clock: systemClock,
    random: Math.random,
    engine,
    emit: () => undefined,
    grace_ms: 10_000,
    chunk_bytes: null,
  };
  const limits = { max_failures: null, global_timeout_ms: null };
  const { outcomes } = await new Batch(plan.value, { around, limits, manifests: [manifest] }).execute();
  await executor.close();
  return Promise.all(outcomes.map(async (outcome) => (await store.run(outcome.run!))!));
}

/** Computes on the calling thread, so that only one core is used. */
function mainThread(): Executor {
  const platform = nodePlatform();
  return new InProcessExecutor({
    slots: 1,
    clock: systemClock,
    openLog: () => null,
    openStager: (spec) => openStager(spec, platform),
  });
}

/** A disk store for a benchmark. */
export function benchStore(root: string): Promise<ArtefactStore> {
  return openDiskStore({ root, platform: nodePlatform() });
}
