import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { RunJob } from '../run-job.js';
import { unpackReplies, type ReplyMessage, type ThreadEffort } from './reply-message.js';
import { packJobs } from './job-message.js';
import type { WorkerReply } from './worker-job.js';

/** How a worker thread is made. */
export interface ThreadOptions {
  /** Module that serves jobs, see serve-jobs.ts. */
  readonly entry: URL;
  /** Plain data that the thread finds as its workerData. */
  readonly data?: unknown;
  readonly limits: ResourceLimits;
}

/** Who hears of what a thread does. */
export interface ThreadOwner {
  /** The oldest message was answered; a reply for each of its jobs, in their order. */
  answered(thread: WorkerThread, replies: readonly WorkerReply[], effort: ThreadEffort): void;
  /** The thread is gone; nothing more comes from it. Told once. */
  ended(thread: WorkerThread, error: unknown): void;
}

/** One worker thread: takes messages of jobs and answers them in order. */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #owner: ThreadOwner;
  #isOver = false;

  /** Throws what keeps a thread from being started. */
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

  /** It has nothing to do, and keeps no process alive. */
  rest(): void {
    this.#worker.unref();
  }

  /** Ends the thread wherever it is. */
  stop(why: unknown): void {
    void this.#worker.terminate();
    this.#end(why);
  }

  /** Ends it and waits until it is gone. */
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
