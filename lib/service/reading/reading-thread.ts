import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { AetherError, errorCode } from '../../base/errors.js';
import {
  valueOf,
  type ReadingReply,
  type ReadingTask,
  type TaskAnswer,
  type TaskArguments,
  type TaskReader,
} from './task-reader.js';

export interface ReadingThreadOptions {
  /** Module whose default export performs a ReadingTask with `answerFrom`. */
  readonly entry: URL;
  /** Plain data for the thread, as its workerData. */
  readonly data: unknown;
  /** Kind of data that it reads, for messages. */
  readonly reads: 'documents' | 'records';
  /** Maximum of concurrent tasks, if they yield to each other. */
  readonly at_once?: number;
}

/**
 * Reads documents or records on a worker thread, so that requests are answered meanwhile. If the thread ends,
 * for example for lack of memory, its tasks fail and it is replaced; its open plans are lost.
 */
export class ReadingThread<T> implements TaskReader<T> {
  readonly #reads: string;
  readonly #pool: Piscina<ReadingTask, ReadingReply>;
  /** Functions that fail the running tasks; a thread that cannot start answers none of them. */
  readonly #pending = new Set<(error: AetherError) => void>();

  private constructor(pool: Piscina<ReadingTask, ReadingReply>, reads: string) {
    this.#pool = pool;
    this.#reads = reads;
    pool.on('error', (error: unknown) => {
      for (const reject of this.#pending) reject(threadError(error, reads));
    });
  }

  static async start<T>(options: ReadingThreadOptions): Promise<ReadingThread<T>> {
    const { entry, data, reads, at_once = 1 } = options;
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool<ReadingTask, ReadingReply>({
      filename: fileURLToPath(entry),
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: at_once,
      recordTiming: false,
      workerHistogram: false,
      workerData: data,
    });
    return new ReadingThread<T>(pool, reads);
  }

  async ask<K extends keyof T & string>(task: K, ...args: TaskArguments<T, K>): Promise<TaskAnswer<T, K>> {
    return valueOf(await this.#reply({ task, args })) as TaskAnswer<T, K>;
  }

  async #reply(task: ReadingTask): Promise<ReadingReply> {
    let fail: ((error: AetherError) => void) | undefined;
    try {
      return await new Promise<ReadingReply>((resolve, reject) => {
        fail = reject;
        this.#pending.add(reject);
        this.#pool.run(task).then(resolve, (error: unknown) => {
          reject(threadError(error, this.#reads));
        });
      });
    } finally {
      this.#pending.delete(fail!);
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** Why the thread did not answer. An error of the task itself is a bug and stays unchanged. */
function threadError(error: unknown, reads: string): AetherError {
  if (error instanceof AetherError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    const said = `the ${reads} need more memory than the limit of the reading thread`;
    return new AetherError('WORKER_OUT_OF_MEMORY', said, error);
  }
  return new AetherError('WORKER_DIED', `the ${reads} could not be read: ${message}`, error);
}
