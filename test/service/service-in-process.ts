import { join } from 'node:path';
import type { Test } from 'tap';
import type { TreePlatform } from '../../lib/base/ports.js';
import { InProcessExecutor, type InProcessOptions } from '../../lib/execution/in-process-executor.js';
import { WorkerExecutor } from '../../lib/execution/worker/worker-executor.js';
import type { Executor } from '../../lib/execution/executor.js';
import { loadManifests } from '../../lib/config/index.js';
import { nodeDocumentFiles, nodeGrowingFiles, nodePlatform, systemClock } from '../../lib/platform/index.js';
import { Service, type GoldenService, type ServiceOptions } from '../../lib/service/index.js';
import { openDiskStore, openStager, type ArtefactStore } from '../../lib/store/index.js';
import { writeDocuments } from './service-documents.js';
import { temporary, type Temporary } from './temporary.js';

export interface InProcessService {
  readonly service: Service;
  readonly store: ArtefactStore;
  readonly directory: string;
}

/** A project without goldens. */
export const NO_GOLDENS: GoldenService = {
  places: () => Promise.resolve([]),
  statuses: () => Promise.resolve([]),
  diff: () => Promise.resolve(undefined),
  accept: () => Promise.resolve(undefined),
  batchPlan: (registry) => ({ off: 'the project has none', registry }),
  reject: () => Promise.resolve(undefined),
  inputKeys: () => Promise.resolve(new Map()),
};

/** Options of a service on loopback over a directory's documents, with runs computed on this thread. */
export async function serviceOptions(
  directory: string,
  changes: Partial<ServiceOptions> = {},
): Promise<ServiceOptions> {
  const manifest = join(directory, 'manifest.yaml');
  const platform = changes.platform ?? nodePlatform();
  const documents = changes.documents ?? nodeDocumentFiles;
  const loaded = loadManifests([manifest], documents);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const store = changes.store ?? (await openDiskStore({ root: join(directory, 'tree'), platform }));
  return {
    host: '127.0.0.1',
    port: 0,
    token: null,
    allow_hosts: [],
    version: '0.0.0-test',
    engine: { version: 'test', commit: null, node: process.version, platform: 'test' },
    platform,
    documents,
    growing: nodeGrowingFiles,
    store,
    stager: openStager(store.stager, platform),
    state: join(directory, 'tree', '.service'),
    manifests: [manifest],
    registry: loaded.value,
    readingThread: null,
    recordsThread: null,
    random: Math.random,
    executor: inProcessExecutor(platform),
    startBatchExecutor: () => Promise.resolve(inProcessExecutor(platform)),
    goldens: NO_GOLDENS,
    audit: null,
    max_active: 1,
    budget: { work: 1e12, bytes: null, memory_bytes: null },
    grace_ms: 5000,
    stall_ms: 60_000,
    client_stall_ms: 2000,
    max_connections: 512,
    max_streams: 256,
    dashboard: null,
    onLog: () => undefined,
    ...changes,
  };
}

/** Computes on the calling thread, in slices. */
export function inProcessExecutor(
  platform: TreePlatform,
  slots = 1,
  slices: Partial<Pick<InProcessOptions, 'clock' | 'giveWay'>> = {},
): Executor {
  return new InProcessExecutor({
    slots,
    clock: systemClock,
    ...slices,
    openLog: () => null,
    openStager: (spec) => openStager(spec, platform),
  });
}

/** Computes on worker threads, as the command does. */
export function workerExecutor(slots = 1): Promise<Executor> {
  const entry = new URL('../../lib/cli/commands/serve/serve-worker.js', import.meta.url);
  return WorkerExecutor.start({ slots, entry, memory_mb: null });
}

type Changes = Partial<ServiceOptions>;

/** A service in this process, closed with the test. */
export async function openService(
  t: Test,
  changes: Changes | ((place: Temporary) => Promise<Changes>) = {},
): Promise<InProcessService> {
  const place = temporary(t);
  const { directory, atEnd } = place;
  writeDocuments(directory);
  const changed = typeof changes === 'function' ? await changes(place) : changes;
  const options = await serviceOptions(directory, changed);
  atEnd(() => options.store.close());
  const service = await Service.start(options);
  atEnd(() => service.close());
  return { service, store: options.store, directory };
}
