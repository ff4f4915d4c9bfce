/** Entry of the worker threads that compute runs: the second composition root. */
import { serveJobs } from '../../execution/worker/serve-jobs.js';
import { JOB_SERVER } from './compute-job.js';

serveJobs(JOB_SERVER);
