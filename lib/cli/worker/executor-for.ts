import type { Executor } from '../../execution/executor.js';
import { InProcessExecutor } from '../../execution/in-process-executor.js';
import { nodePlatform, systemClock } from '../../platform/index.js';
import { openStager } from '../../store/publish/stager.js';
import { workerMemory } from './worker-memory.js';
import { logsTo, type LogPlaces } from './log-destination.js';

export interface ExecutorChoice {
  /** Number of concurrent runs; 0 if there is nothing to execute. */
  readonly jobs: number;
  /** Heap of each worker in MiB; null for the default of the runtime. */
  readonly memory_mb: number | null;
  readonly logs: LogPlaces;
}

/** Worker threads for the jobs; without jobs, an executor that costs nothing to start. */
export async function executorFor({ jobs, memory_mb, logs }: ExecutorChoice): Promise<Executor> {
  if (jobs < 1) return inProcess(logs);
  const { WorkerExecutor } = await import('../../execution/worker/worker-executor.js');
  const entry = new URL('./worker.js', import.meta.url);
  return WorkerExecutor.start({
    slots: jobs,
    entry,
    memory_mb,
    most_bytes: workerMemory(memory_mb),
    data: logs,
  });
}

/** Computes on the main thread. */
export function inProcess(logs: LogPlaces): Executor {
  const platform = nodePlatform();
  return new InProcessExecutor({
    slots: 1,
    clock: systemClock,
    openLog: logsTo(logs),
    openStager: (spec) => openStager(spec, platform),
  });
}
