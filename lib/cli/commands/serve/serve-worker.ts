/**
 * Entry of the worker threads of the service: like worker.ts, but supervised runs can be watched while they
 * are computed.
 */
import type { RunJob } from '../../../execution/run-job.js';
import { serveJobs } from '../../../execution/worker/serve-jobs.js';
import { nodeGrowingFiles, nodePlatform, systemClock } from '../../../platform/index.js';
import { runWatchedJob } from '../../../service/live/watched-job.js';
import { BlobMemory } from '../../../store/publish/blob-memory.js';
import { openStager } from '../../../store/publish/stager.js';

const platform = nodePlatform();
const memory = new BlobMemory();

serveJobs({
  clock: systemClock,
  compute: (job: RunJob) =>
    runWatchedJob(job, {
      stager: openStager(job.stager, platform, memory),
      clock: systemClock,
      files: nodeGrowingFiles,
    }),
  takeMemory: () => memory.take(),
});
