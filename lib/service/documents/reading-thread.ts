import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { AetherError, errorCode } from '../../base/errors.js';
import {
  valueOf,
  type DocumentReader,
  type DocumentReply,
  type DocumentTask,
  type TaskAnswer,
  type TaskArguments,
  type TaskName,
} from './document-reader.js';

export interface ReadingThreadOptions {
  /** Module whose default export takes a DocumentTask and answers a DocumentReply. */
  readonly entry: URL;
  /** Plain data that the thread finds as its workerData. */
  readonly data: ReadingThreadData;
}

/** What the reading thread reads. */
export interface ReadingThreadData {
  readonly files: readonly string[];
  readonly places: { readonly root?: string; readonly logs?: string };
}

/**
 * Reads documents on a worker thread, so that requests are answered meanwhile. A thread that ends, for want of memory for one,
 * fails what it was asked and is replaced; the plans it kept are lost.
 */
export class ReadingThread implements DocumentReader {
  readonly #pool: Piscina<DocumentTask, DocumentReply>;
  /** Ways to fail the tasks under way; a thread that cannot even start answers none of them. */
  readonly #pending = new Set<(error: AetherError) => void>();

  private constructor(pool: Piscina<DocumentTask, DocumentReply>) {
    this.#pool = pool;
    pool.on('error', (error: unknown) => {
      for (const reject of this.#pending) reject(threadError(error));
    });
  }

  static async start({ entry, data }: ReadingThreadOptions): Promise<ReadingThread> {
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool<DocumentTask, DocumentReply>({
      filename: fileURLToPath(entry),
      minThreads: 1,
      maxThreads: 1,
      recordTiming: false,
      workerHistogram: false,
      workerData: data,
    });
    return new ReadingThread(pool);
  }

  async ask<K extends TaskName>(task: K, ...args: TaskArguments<K>): Promise<TaskAnswer<K>> {
    return valueOf(await this.#reply({ task, args })) as TaskAnswer<K>;
  }

  async #reply(task: DocumentTask): Promise<DocumentReply> {
    let fail: ((error: AetherError) => void) | undefined;
    try {
      return await new Promise<DocumentReply>((resolve, reject) => {
        fail = reject;
        this.#pending.add(reject);
        this.#pool.run(task).then(resolve, (error: unknown) => {
          reject(threadError(error));
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
function threadError(error: unknown): AetherError {
  if (error instanceof AetherError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    const said = 'the documents need more memory than the thread that reads them may use';
    return new AetherError('WORKER_OUT_OF_MEMORY', said, error);
  }
  return new AetherError('WORKER_DIED', `the documents could not be read: ${message}`, error);
}
