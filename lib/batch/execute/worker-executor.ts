import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { AetherError, errorCode } from '../../base/errors.js';
import type { Executor } from './executor.js';
import { DocumentSharing, memoryOf } from './job-inputs.js';
import { StagingError } from './run-execution.js';
import type { RunJob, RunJobResult } from './run-job.js';
import type { WorkerReply } from './worker-job.js';

/**
 * A run allocates only short-lived scraps. Left alone, the runtime lets a long run's nursery grow to several
 * times this for no gain in speed.
 */
const YOUNG_GENERATION_MB = 8;

export interface WorkerOptions {
  /** Worker threads, and so jobs at once. */
  readonly slots: number;
  /** Module whose default export takes a RunJob and answers a WorkerReply. */
  readonly entry: URL;
  /** Heap limit of each thread in MiB; null for the runtime's own. */
  readonly memory_mb: number | null;
  /** Bytes of memory that a run may be estimated at; a larger one fails by itself, before its thread sees it. None when absent. */
  readonly most_bytes?: number;
  /** Plain data that every thread finds as its workerData. */
  readonly data?: unknown;
}

/** Computes each run on its own worker thread: N slots use N cores, and a run that dies dies alone. */
export class WorkerExecutor implements Executor {
  readonly slots: number;
  readonly #most: number;
  readonly #pool: Piscina<RunJob, WorkerReply>;
  readonly #sharing = new DocumentSharing();
  /** Ways to fail the jobs under way; a thread that cannot even start answers none of them. */
  readonly #pending = new Set<(error: AetherError) => void>();

  private constructor({ slots, most_bytes }: WorkerOptions, pool: Piscina<RunJob, WorkerReply>) {
    this.slots = slots;
    this.#most = most_bytes ?? Infinity;
    this.#pool = pool;
    pool.on('error', (error: unknown) => {
      for (const reject of this.#pending) reject(workerError(error));
    });
  }

  /** Starts the threads. The pool's module is loaded here because most commands never need it. */
  static async start(options: WorkerOptions): Promise<WorkerExecutor> {
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool<RunJob, WorkerReply>({
      filename: fileURLToPath(options.entry),
      minThreads: options.slots,
      maxThreads: options.slots,
      recordTiming: false,
      workerHistogram: false,
      workerData: options.data,
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
        ...(options.memory_mb !== null && { maxOldGenerationSizeMb: options.memory_mb }),
      },
    });
    return new WorkerExecutor(options, pool);
  }

  async execute(job: RunJob, signal: AbortSignal): Promise<RunJobResult> {
    refuseTooLarge(job, this.#most);
    const reply = await this.#reply({ ...job, inputs: this.#sharing.share(job.inputs) }, signal);
    if (reply.ok) return reply.result;
    throw new StagingError(new AetherError(reply.code, reply.message), reply.staged);
  }

  async #reply(job: RunJob, signal: AbortSignal): Promise<WorkerReply> {
    let fail: ((error: AetherError) => void) | undefined;
    try {
      return await new Promise<WorkerReply>((resolve, reject) => {
        fail = reject;
        this.#pending.add(reject);
        this.#pool.run(job, { signal }).then(resolve, reject);
      });
    } catch (error) {
      if (signal.aborted)
        throw new AetherError('WORKER_ABANDONED', 'the run did not stop and was given up', error);
      throw workerError(error);
    } finally {
      this.#pending.delete(fail!);
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** Exhausted memory may end the whole process, so what cannot fit is not tried. */
function refuseTooLarge({ inputs }: RunJob, most: number): void {
  if (most === Infinity) return;
  const needed = memoryOf(inputs);
  if (needed <= most) return;
  throw new AetherError(
    'WORKER_OUT_OF_MEMORY',
    `the run needs an estimated ${mebibytes(needed)} of memory, and its worker may use ${mebibytes(most)}`,
  );
}

function mebibytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 2 ** 20))} MiB`;
}

function workerError(error: unknown): AetherError {
  if (error instanceof AetherError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new AetherError(
      'WORKER_OUT_OF_MEMORY',
      'the run needs more memory than its worker may use',
      error,
    );
  }
  if (['EMFILE', 'ENFILE'].includes(errorCode(error) ?? '')) {
    return new AetherError('STORE_TOO_MANY_FILES', `no worker thread can be started: ${message}`, error);
  }
  return new AetherError('WORKER_DIED', `the worker thread ended: ${message}`, error);
}
