import { workerData } from 'node:worker_threads';
import type { RunJob } from '../../execution/run-job.js';
import type { JobServer } from '../../execution/worker/serve-jobs.js';
import { runWorkerJob } from '../../execution/worker/worker-job.js';
import { nodePlatform, systemClock } from '../../platform/index.js';
import { BlobMemory } from '../../store/publish/blob-memory.js';
import { openStager } from '../../store/publish/stager.js';
import { logsTo, type LogPlaces } from './log-destination.js';

const platform = nodePlatform();
const openLog = logsTo(workerData as LogPlaces);
const memory = new BlobMemory();

/**
 * Computes jobs on a worker thread. Everything beyond the plain data of a job is created here, once per
 * thread.
 */
export const JOB_SERVER = {
  clock: systemClock,
  compute: (job: RunJob) =>
    runWorkerJob(job, { stager: openStager(job.stager, platform, memory), clock: systemClock, openLog }),
  takeMemory: () => memory.take(),
} satisfies JobServer;
