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
  /** Module whose default export takes a ReadingTask and gives what `answerFrom` makes of it. */
  readonly entry: URL;
  /** Plain data that the thread finds as its workerData. */
  readonly data: unknown;
  /** What it reads, for messages. */
  readonly reads: 'documents' | 'records';
  /** Tasks under way at once: where they give way to each other while they compute. */
  readonly at_once?: number;
}

/**
 * Reads documents or records on a worker thread, so that requests are answered meanwhile. A thread that ends, for want of memory for one,
 * fails what it was asked and is replaced; the plans it kept are lost.
 */
export class ReadingThread<T> implements TaskReader<T> {
  readonly #reads: string;
  readonly #pool: Piscina<ReadingTask, ReadingReply>;
  /** Ways to fail the tasks under way; a thread that cannot even start answers none of them. */
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

/** Why the thread gave no answer. What the task itself threw is a bug and stays as it is. */
function threadError(error: unknown, reads: string): AetherError {
  if (error instanceof AetherError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    const said = `the ${reads} need more memory than the limit of the reading thread`;
    return new AetherError('WORKER_OUT_OF_MEMORY', said, error);
  }
  return new AetherError('WORKER_DIED', `the ${reads} could not be read: ${message}`, error);
}
