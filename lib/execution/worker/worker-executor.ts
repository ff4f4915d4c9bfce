import { AetherError } from '../../base/errors.js';
import { NotBegun, type Executor } from '../executor.js';
import { DocumentSharing } from '../job-inputs.js';
import { JobQueue, type QueuedJob } from './job-queue.js';
import { QuickCrew } from './quick-crew.js';
import type { ThreadEffort } from './reply-message.js';
import { StagingError } from '../run-execution.js';
import type { RunJob, RunJobResult } from '../run-job.js';
import type { WorkerReply } from './worker-job.js';
import { refuseTooLarge, workerError } from './worker-error.js';
import { ThreadHandle, type ThreadOptions, type ThreadOwner } from './thread-handle.js';

/**
 * A run allocates only short-lived objects. By default the nursery of a long run grows to several times this
 * size without gain.
 */
const YOUNG_GENERATION_MB = 8;

/** Quick jobs per message, and messages per thread: one is computed while the others wait, as long as this thread commits. */
const QUICK_PER_MESSAGE = 16;
const MESSAGES_PER_THREAD = 3;

export interface WorkerOptions {
  /** Number of worker threads, and so of concurrent jobs. */
  readonly slots: number;
  /** Module that serves jobs. */
  readonly entry: URL;
  /** Heap limit of each thread in MiB; null for the default of the runtime. */
  readonly memory_mb: number | null;
  /**
   * Maximum estimated memory of a run in bytes; a larger one fails before it is sent to a thread. Absent: no
   * limit.
   */
  readonly most_bytes?: number;
  /** Plain data for every thread, as its workerData. */
  readonly data?: unknown;
}

/**
 * Computes runs on worker threads: N slots use N cores, and a dying run affects no other. Quick jobs are sent
 * together; if their thread dies, each is computed again separately.
 */
export class WorkerExecutor implements Executor, ThreadOwner {
  readonly slots: number;
  readonly quick_per_slot = QUICK_PER_MESSAGE * MESSAGES_PER_THREAD;
  readonly #most: number;
  readonly #options: ThreadOptions;
  readonly #sharing = new DocumentSharing();
  readonly #queue = new JobQueue();
  /** For each living thread, the unanswered messages, the oldest first. */
  readonly #threads = new Map<ThreadHandle, (readonly QueuedJob[])[]>();
  readonly #crew = new QuickCrew();
  #isClosed = false;
  #isAboutToHandOut = false;

  private constructor({ slots, most_bytes, entry, data, memory_mb }: WorkerOptions) {
    this.slots = slots;
    this.#most = most_bytes ?? Infinity;
    const limits = {
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      ...(memory_mb !== null && { maxOldGenerationSizeMb: memory_mb }),
    };
    this.#options = { entry, data, limits };
  }

  /** Starts the first thread; others are started on demand. */
  static start(options: WorkerOptions): Promise<WorkerExecutor> {
    const executor = new WorkerExecutor(options);
    // A thread that cannot be started now is tried again when there is work.
    executor.#startThread();
    return Promise.resolve(executor);
  }

  async execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult> {
    refuseTooLarge(job, this.#most);
    const reply = await this.#reply({ ...job, inputs: this.#sharing.share(job.inputs) }, signal);
    if (reply.ok) return reply.result;
    if (reply.code === null) throw new NotBegun();
    throw new StagingError(new AetherError(reply.code, reply.message), reply.staged);
  }

  async #reply(job: RunJob, signal: AbortSignal): Promise<WorkerReply> {
    let abandon: (() => void) | undefined;
    try {
      return await new Promise<WorkerReply>((resolve, reject) => {
        const queued = { job, resolve, reject, isAlone: job.quick !== true };
        abandon = (): void => {
          this.#abandon(queued);
        };
        signal.addEventListener('abort', abandon);
        if (signal.aborted || this.#isClosed) abandon();
        else {
          this.#queue.add(queued);
          this.#handOutSoon(queued);
        }
      });
    } finally {
      signal.removeEventListener('abort', abandon!);
    }
  }

  /** Further quick jobs may arrive in the same turn. */
  #handOutSoon({ isAlone }: Pick<QueuedJob, 'isAlone'>): void {
    if (isAlone) this.#handOut();
    else if (!this.#isAboutToHandOut) {
      this.#isAboutToHandOut = true;
      setImmediate(() => {
        this.#isAboutToHandOut = false;
        this.#handOut();
      });
    }
  }

  #handOut(): void {
    while (!this.#queue.isEmpty) {
      const thread = this.#threadFor(this.#queue.isNextAlone);
      if (thread === undefined) return;
      const share = Math.ceil(this.#queue.size / Math.max(this.#threads.size, 1));
      const jobs = this.#queue.take(Math.min(QUICK_PER_MESSAGE, share));
      if (thread instanceof ThreadHandle) {
        this.#threads.get(thread)!.push(jobs);
        thread.post(jobs.map(({ job }) => job));
      } else for (const { reject } of jobs) reject(workerError(thread.error));
    }
  }

  /** A thread that accepts a message now; the error if none can be started. */
  #threadFor(alone: boolean): ThreadHandle | { readonly error: unknown } | undefined {
    let best: ThreadHandle | undefined;
    let fewest = alone ? 1 : MESSAGES_PER_THREAD;
    let isShared = false;
    for (const [thread, messages] of this.#threads) {
      if (messages[0]?.[0]!.isAlone === true) continue;
      isShared = true;
      if (messages.length >= fewest) continue;
      best = thread;
      fewest = messages.length;
    }
    if (best !== undefined || this.#threads.size >= this.slots) return best;
    if (!alone && isShared && !this.#crew.needsMore(this.#threads.size)) return undefined;
    return this.#startThread();
  }

  #startThread(): ThreadHandle | { readonly error: unknown } {
    try {
      const thread = new ThreadHandle(this.#options, this);
      this.#threads.set(thread, []);
      return thread;
    } catch (error) {
      return { error };
    }
  }

  answered(thread: ThreadHandle, replies: readonly WorkerReply[], effort: ThreadEffort): void {
    const messages = this.#threads.get(thread)!;
    const jobs = messages.shift()!;
    if (messages.length === 0) thread.rest();
    if (jobs[0]?.isAlone === false) this.#crew.note(effort);
    for (const [n, { resolve }] of jobs.entries()) resolve(replies[n]!);
    this.#handOut();
  }

  ended(thread: ThreadHandle, error: unknown): void {
    const messages = this.#threads.get(thread) ?? [];
    this.#threads.delete(thread);
    const failure = workerError(error);
    for (const [n, jobs] of messages.entries()) {
      // Of several jobs, the one that caused it is unknown.
      if (n === 0 && jobs.length === 1) jobs[0]!.reject(failure);
      else if (this.#isClosed) for (const { reject } of jobs) reject(failure);
      else this.#queue.again(jobs);
    }
    if (!this.#isClosed) this.#handOut();
  }

  /** Abandons a job in any state; its thread, if it has one, may never return. */
  #abandon(queued: QueuedJob): void {
    queued.reject(new AetherError('WORKER_ABANDONED', 'the run did not stop and was given up'));
    if (this.#queue.remove(queued)) return;
    for (const [thread, messages] of this.#threads) {
      if (!messages.some((jobs) => jobs.includes(queued))) continue;
      const others = messages.splice(0).flat();
      this.#queue.again(others.filter((other) => other !== queued));
      thread.stop(new Error('a run on it was given up'));
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const failure = workerError(new Error('it was closed'));
    for (const { reject } of this.#queue.take(Infinity)) reject(failure);
    await Promise.all([...this.#threads.keys()].map((thread) => thread.close()));
  }
}
