import type { ExecutionSurroundings, LogDestination } from '../../execution/run-execution.js';
import type { RunJob } from '../../execution/run-job.js';
import { unpackInputs } from '../../execution/job-inputs.js';
import { runWorkerJob, type WorkerReply } from '../../execution/worker/worker-job.js';
import type { Clock, GrowingFiles, GrowingFile } from '../../base/ports.js';
import type { BlobStager } from '../../store/port.js';
import { mostNodes } from '../../inspect/most-nodes.js';
import { LiveMemory } from './live-memory.js';

/** A job of the service that can be watched while it runs. Plain data. */
export interface WatchedJob extends RunJob {
  /** Memory of a LiveMemory. */
  readonly live: SharedArrayBuffer;
  /** File of the live log. */
  readonly spool: string;
}

export interface WatchedSurroundings {
  readonly stager: BlobStager;
  readonly clock: Clock;
  readonly files: GrowingFiles;
}

/** True for jobs of supervised runs; the runs of a batch have plain jobs. */
function isWatched(job: RunJob): job is WatchedJob {
  return 'live' in job;
}

/**
 * Computes a job on a worker thread and publishes its progress. The log destination of its documents is
 * ignored: a service has no terminal, and a document must not choose files on its machine.
 */
export function runWatchedJob(job: RunJob, { stager, clock, files }: WatchedSurroundings): WorkerReply {
  if (!isWatched(job)) return runWorkerJob(job, { stager, clock, openLog: () => null });
  const inputs = unpackInputs(job.inputs);
  const live = new LiveMemory(mostNodes(inputs), job.live);
  let spool: LogSpool | null = null;
  const around: ExecutionSurroundings = {
    stager,
    clock,
    openLog: () => (spool = new LogSpool(job.spool, files, clock)),
  };
  const reply = runWorkerJob({ ...job, inputs }, around, (run) => {
    const { control, ticksCompleted: tick } = run;
    const waits = control.pausesNext || control.stopRequested;
    const force = waits || tick === inputs.run.ticks;
    live.note(tick, () => run.view, { now: clock.monotonic(), force });
    if (waits) spool?.flush();
  });
  live.flush();
  return reply;
}

const FLUSH_BYTES = 64 * 1024;
const FLUSH_MS = 50;

/**
 * Worker side of a live log: the lines of the log artefact, appended to a file that the service reads during
 * the run and that survives the process. It may lag behind by a few milliseconds; `flush` writes the rest.
 */
class LogSpool implements LogDestination {
  readonly #clock: Clock;
  #file: GrowingFile | undefined;
  #pending: string[] = [];
  #size = 0;
  #due = 0;

  constructor(path: string, files: GrowingFiles, clock: Clock) {
    this.#clock = clock;
    this.#attempt(() => (this.#file = files.open(path, 'private')));
  }

  write(line: string): void {
    this.#pending.push(line);
    this.#size += line.length;
    if (this.#size >= FLUSH_BYTES || this.#clock.monotonic() >= this.#due) this.flush();
  }

  /** Appends the buffered lines. */
  flush(): void {
    if (this.#size === 0) return;
    const text = this.#pending.join('');
    this.#pending = [];
    this.#size = 0;
    this.#due = this.#clock.monotonic() + FLUSH_MS;
    this.#attempt(() => this.#file?.append(text));
  }

  close(): void {
    this.flush();
    this.#attempt(() => this.#file?.close());
    this.#file = undefined;
  }

  /** A live log that cannot be written must not disturb the run; the artefact has every line. */
  #attempt(work: () => void): void {
    try {
      work();
    } catch {
      this.#file = undefined;
    }
  }
}
