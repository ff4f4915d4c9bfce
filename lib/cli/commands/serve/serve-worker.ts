/**
 * Entry of the service's worker threads: like worker.ts, but supervised runs can be watched while they are computed.
 */
import type { RunJob } from '../../../batch/execute/run-job.js';
import type { WorkerReply } from '../../../batch/execute/worker-job.js';
import { nodeGrowingFiles, nodePlatform, systemClock } from '../../../platform/index.js';
import { runWatchedJob } from '../../../service/live/watched-job.js';
import { openStager } from '../../../store/publish/stager.js';

const platform = nodePlatform();

export default function computeJob(job: RunJob): WorkerReply {
  return runWatchedJob(job, {
    stager: openStager(job.stager, platform),
    clock: systemClock,
    files: nodeGrowingFiles,
  });
}
