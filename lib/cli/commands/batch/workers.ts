import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MAX_JOBS } from '../../../config/limits.js';
import type { Executor } from '../../../execution/executor.js';
import { relative } from '../../../store/layout.js';
import { isDocumentOut } from '../../batch/report-outputs.js';
import { UsageError } from '../../command-error.js';
import { executorFor } from '../../worker/executor-for.js';
import { logPlaces } from '../../worker/log-destination.js';
import type { BatchArguments } from './options.js';

/**
 * The threads of a batch.
 *
 * @param runs number of runs to execute
 */
export function workersFor(args: BatchArguments, runs: number): Promise<Executor> {
  return executorFor({
    jobs: Math.min(jobsOf(args), runs),
    memory_mb: args['max-memory'] ?? null,
    logs: logPlaces(isDocumentOut(args) ? 'stderr' : 'stdout', args.store),
  });
}

/**
 * The threads of a batch that has no results yet, so that the first one starts while the batch is planned: that takes
 * longer than a small batch. Undefined if it may have nothing to execute, or if no core is free for it.
 */
export async function earlyWorkers(args: BatchArguments): Promise<Executor | undefined> {
  const isPlanOnly = args['dry-run'] === true || args.list === true;
  const mayBeCached = args.force !== true && existsSync(join(args.store, relative.format));
  if (isPlanOnly || mayBeCached || availableParallelism() < 2) return undefined;
  return workersFor(args, Infinity);
}

/**
 * Maximum of concurrent runs.
 *
 * @throws UsageError for more than MAX_JOBS
 */
export function jobsOf(args: BatchArguments): number {
  const jobs = args.jobs ?? availableParallelism();
  if (jobs > MAX_JOBS) throw new UsageError(`--jobs must be at most ${String(MAX_JOBS)}`);
  return jobs;
}
