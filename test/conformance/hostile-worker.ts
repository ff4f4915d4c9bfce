import { ControlBlock } from '../../lib/execution/control-block.js';
import type { RunJob } from '../../lib/execution/run-job.js';
import { serveJobs } from '../../lib/execution/worker/serve-jobs.js';
import type { WorkerReply } from '../../lib/execution/worker/worker-job.js';
import { JOB_SERVER } from '../../lib/cli/worker/compute-job.js';

/** Misbehaves in the way that the id of the job names, and computes all other jobs. */
function hostileJob(job: RunJob): WorkerReply | Promise<never> {
  if (job.id === 'exit') process.exit(7);
  if (job.id === 'throw-late') return throwLate();
  if (job.id === 'exhaust') exhaust();
  if (job.id === 'spin') spin(job);
  return JOB_SERVER.compute(job);
}

function throwLate(): Promise<never> {
  setImmediate(() => {
    throw new Error('thrown outside of the job');
  });
  return new Promise(() => undefined);
}

function exhaust(): never {
  const kept: number[][] = [];
  for (;;) kept.push(new Array<number>(100_000).fill(kept.length));
}

function spin(job: RunJob): never {
  new ControlBlock(job.control).tickDone(1);
  for (;;);
}

serveJobs({ ...JOB_SERVER, compute: hostileJob });
