/**
 * Entry of the worker threads that compute runs: the second composition root. Everything a job needs beyond its
 * plain data is put together here, once per thread.
 */
import { workerData } from 'node:worker_threads';
import { runWorkerJob, type WorkerReply } from '../../batch/execute/worker-job.js';
import type { RunJob } from '../../batch/execute/run-job.js';
import { nodePlatform, systemClock } from '../../platform/index.js';
import { openStager } from '../../store/publish/stager.js';
import { logsTo, type LogPlaces } from './log-destination.js';

const platform = nodePlatform();
const openLog = logsTo(workerData as LogPlaces);

export default function computeJob(job: RunJob): WorkerReply {
  return runWorkerJob(job, { stager: openStager(job.stager, platform), clock: systemClock, openLog });
}
