import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { RunJob } from '../run-job.js';
import { unpackReplies, type ReplyMessage, type ThreadEffort } from './reply-message.js';
import { packJobs } from './job-message.js';
import type { WorkerReply } from './worker-job.js';

/** Options of a worker thread. */
export interface ThreadOptions {
  /** Module that serves jobs, see serve-jobs.ts. */
  readonly entry: URL;
  /** Plain data for the thread, as its workerData. */
  readonly data?: unknown;
  readonly limits: ResourceLimits;
}

/** Receives the events of a thread. */
export interface ThreadOwner {
  /** The oldest message was answered; a reply for each of its jobs, in their order. */
  answered(thread: ThreadHandle, replies: readonly WorkerReply[], effort: ThreadEffort): void;
  /** The thread has ended; no more events follow. Called once. */
  ended(thread: ThreadHandle, error: unknown): void;
}

/** One worker thread: receives messages of jobs and answers them in order. */
export class ThreadHandle {
  readonly #worker: Worker;
  readonly #owner: ThreadOwner;
  #isOver = false;

  /** Throws if the thread cannot be started. */
  constructor({ entry, data, limits }: ThreadOptions, owner: ThreadOwner) {
    this.#owner = owner;
    this.#worker = new Worker(entry, { workerData: data, resourceLimits: limits });
    this.#worker.on('message', (message: ReplyMessage) => {
      if (!this.#isOver) owner.answered(this, unpackReplies(message), message.effort);
    });
    this.#worker.on('error', (error) => {
      this.#end(error);
    });
    this.#worker.on('messageerror', (error) => {
      this.stop(error);
    });
    this.#worker.on('exit', (code) => {
      this.#end(new Error(`it exited with code ${String(code)}`));
    });
    this.rest();
  }

  post(jobs: readonly RunJob[]): void {
    this.#worker.ref();
    this.#worker.postMessage(packJobs(jobs));
  }

  /** The thread is idle, and does not keep the process alive. */
  rest(): void {
    this.#worker.unref();
  }

  /** Terminates the thread. */
  stop(why: unknown): void {
    void this.#worker.terminate();
    this.#end(why);
  }

  /** Terminates the thread and waits for its end. */
  async close(): Promise<void> {
    const ended = this.#worker.terminate();
    this.#end(new Error('it was closed'));
    await ended;
  }

  #end(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#owner.ended(this, error);
  }
}
