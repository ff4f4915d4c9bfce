import { availableParallelism } from 'node:os';
import { DEFAULT_BUDGET } from '../../../batch/plan/budget.js';
import { WorkerExecutor } from '../../../execution/worker/worker-executor.js';
import {
  nodeDocumentFiles,
  nodeGrowingFiles,
  nodePlatform,
  systemClock,
  watchStopSignals,
} from '../../../platform/index.js';
import { ReadingThread } from '../../../service/reading/reading-thread.js';
import type { ScenarioDocuments } from '../../../service/documents/scenario-documents.js';
import type { RunRecords } from '../../../service/records/run-records.js';
import {
  dashboardFiles,
  defaultStateDirectory,
  Service,
  ServiceGoldens,
  type ServiceOptions,
} from '../../../service/index.js';
import { describeNotice, openDiskStore, openStager } from '../../../store/index.js';
import { inLine } from '../../../base/printable.js';
import { workerMemory } from '../../worker/worker-memory.js';
import type { CommandContext } from '../../command-context.js';
import { dashboardDirectory, engineStamp, packageVersion } from '../../engine-stamp.js';
import { InvalidDocuments } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { sharedGoldens } from '../../../golden/index.js';
import { goldenTree } from '../../golden/golden-context.js';
import { isCI } from '../../is-ci.js';
import { documentPlaces, loadScenarios } from '../../scenarios/load-scenarios.js';
import { serviceAudit } from './service-audit.js';
import type { DocumentWorkerData, RecordsWorkerData } from './worker-data.js';
import { MAX_CONNECTIONS, MAX_STREAMS, type ServeArguments } from './options.js';

const DEFAULT_PORT = 8787;
const GRACE_MS = 10_000;
const STALL_MS = 5 * 60_000;
const CLIENT_STALL_MS = 15_000;
/** Maximum of concurrent tasks on finished runs: a long task does not block short ones. */
const RECORD_TASKS = 8;

/** Serves until a signal ends it. Returns the exit code. */
export async function serve(args: ServeArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  // From the start: a reader of the first line may send a signal at once.
  const asked = stopSignal(context);
  const ended = new Promise<void>((resolve) => {
    asked.addEventListener('abort', () => resolve(), { once: true });
  });
  const { registry, files } = await loadScenarios(args.manifests ?? [], args);
  const shared = await sharedGoldens(goldenTree(args.golden), registry);
  if (shared.length > 0) throw new InvalidDocuments(shared);
  const platform = nodePlatform();
  const golden = args.golden;
  const dashboard = dashboardDirectory();
  const store = await openDiskStore({
    root: args.store,
    platform,
    onNotice: (notice) => {
      terminal.err(`store: ${describeNotice(notice)}\n`);
    },
  });
  try {
    const documents = await ReadingThread.start<ScenarioDocuments>({
      entry: new URL('./document-worker.js', import.meta.url),
      data: { files, places: documentPlaces(args), golden } satisfies DocumentWorkerData,
      reads: 'documents',
    });
    const records = await ReadingThread.start<RunRecords>({
      entry: new URL('./records-worker.js', import.meta.url),
      data: { root: args.store, golden } satisfies RecordsWorkerData,
      reads: 'records',
      at_once: RECORD_TASKS,
    });
    const service = await Service.start({
      ...(await runOptions(args)),
      ...listenOptions(args, context),
      version: packageVersion(),
      engine: engineStamp(context.env),
      platform,
      documents: nodeDocumentFiles,
      growing: nodeGrowingFiles,
      store,
      stager: openStager(store.stager, platform),
      state: args.state ?? defaultStateDirectory(args.store),
      manifests: files,
      places: documentPlaces(args),
      registry,
      readingThread: documents,
      recordsThread: records,
      random: Math.random,
      audit: serviceAudit({ files, root: args.root, env: context.env }),
      goldens: new ServiceGoldens({
        tree: goldenTree(golden),
        store,
        records,
        elsewhere: (loaded, recorded) => documents.ask('goldensElsewhere', loaded, recorded),
        clock: systemClock,
        read_only: isCI(context.env),
      }),
      dashboard: dashboard === undefined ? null : dashboardFiles(dashboard),
      signal: asked,
    });
    terminal.out(`Aether operator service on ${service.url}\n`);
    const isLost = await Promise.race([ended.then(() => false), service.lost.then(() => true)]);
    await service.close();
    return isLost ? EXIT.failed : EXIT.ok;
  } catch (error) {
    // The state may belong to a service that must be watched for a while.
    if (asked.aborted && error === asked.reason) return EXIT.interrupted;
    throw error;
  } finally {
    await store.close();
  }
}

type ListenOptions = Pick<
  ServiceOptions,
  'host' | 'port' | 'token' | 'allow_hosts' | 'max_connections' | 'max_streams' | 'onLog'
>;

function listenOptions(args: ServeArguments, { env, terminal }: CommandContext): ListenOptions {
  // An empty variable means that there is none; an empty option is a mistake.
  const token = args.token ?? (env['AETHER_TOKEN'] === '' ? null : (env['AETHER_TOKEN'] ?? null));
  return {
    host: args.host,
    port: args.port ?? DEFAULT_PORT,
    token,
    allow_hosts: args['allow-host'] ?? [],
    max_connections: args['max-connections'] ?? MAX_CONNECTIONS,
    max_streams: args['max-streams'] ?? MAX_STREAMS,
    onLog: ({ timestamp, level, message }) => {
      terminal.err(`${timestamp} ${level} ${inLine(message)}\n`);
    },
  };
}

type RunOptions = Pick<
  ServiceOptions,
  'executor' | 'startBatchExecutor' | 'max_active' | 'budget' | 'grace_ms' | 'stall_ms' | 'client_stall_ms'
>;

async function runOptions(args: ServeArguments): Promise<RunOptions> {
  const max_active = args['max-active'] ?? 1;
  const entry = new URL('./serve-worker.js', import.meta.url);
  const memory_mb = args['max-memory'] ?? null;
  const most_bytes = workerMemory(memory_mb);
  const start = (slots: number): Promise<WorkerExecutor> =>
    WorkerExecutor.start({ slots, entry, memory_mb, most_bytes });
  return {
    executor: await start(max_active),
    startBatchExecutor: () => start(args.jobs ?? availableParallelism()),
    max_active,
    budget: {
      ...DEFAULT_BUDGET,
      work: args['max-work'] ?? DEFAULT_BUDGET.work,
      bytes: args['max-bytes'] ?? DEFAULT_BUDGET.bytes,
    },
    grace_ms: GRACE_MS,
    stall_ms: args['stall-timeout'] ?? STALL_MS,
    client_stall_ms: CLIENT_STALL_MS,
  };
}

/** Aborts at the first SIGINT, SIGTERM or SIGHUP from now on; the second ends the process. */
function stopSignal({ terminal }: CommandContext): AbortSignal {
  const asked = new AbortController();
  watchStopSignals((signal, count) => {
    if (count > 1) process.exit(EXIT.interrupted);
    terminal.err(`${signal}: stopping all runs; interrupt again to exit at once\n`);
    asked.abort();
  });
  return asked.signal;
}
