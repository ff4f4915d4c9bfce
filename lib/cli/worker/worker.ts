/**
 * Entry of the worker threads that compute runs of a batch: the second composition root. Those of the service
 * start in commands/serve/serve-worker.ts.
 */
import { serveJobs } from '../../execution/worker/serve-jobs.js';
import { JOB_SERVER } from './compute-job.js';

serveJobs(JOB_SERVER);
