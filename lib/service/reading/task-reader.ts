import { AetherError } from '../../base/errors.js';
import { Refusal, type RefusalCode, type RefusalExtras } from '../refusal.js';

export type TaskArguments<T, K extends keyof T> = T[K] extends (...args: infer A) => unknown ? A : never;
export type TaskAnswer<T, K extends keyof T> = T[K] extends (...args: never) => infer R ? Awaited<R> : never;

/** Calls the methods of T, on this thread or another. Arguments and results are plain data. */
export interface TaskReader<T> {
  /** @throws Refusal as the task does; AetherError WORKER_* when the reading thread ends */
  ask<K extends keyof T & string>(task: K, ...args: TaskArguments<T, K>): Promise<TaskAnswer<T, K>>;
  close(): Promise<void>;
}

/** A task of a reading thread. Plain data. */
export interface ReadingTask {
  readonly task: string;
  readonly args: readonly unknown[];
}

/** Its result. Errors are sent as data, because structured clone drops their code. */
export type ReadingReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly refusal: RefusalCode; readonly detail: string; readonly extras: RefusalExtras }
  | { readonly code: string; readonly message: string };

/** Performs a task. Everything but a refusal or an error of the environment is a bug, and is thrown. */
export async function carryOut<T extends object>(
  tasks: T,
  { task, args }: ReadingTask,
): Promise<ReadingReply> {
  try {
    const method = tasks[task as keyof T] as (...all: readonly unknown[]) => unknown;
    return { ok: true, value: await method.apply(tasks, args as unknown[]) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.code, detail: error.message, extras: error.extras };
    if (error instanceof AetherError) return { code: error.code, message: error.message };
    throw error;
  }
}

/** The result of a task. @throws Refusal or AetherError of the task */
export function valueOf(reply: ReadingReply): unknown {
  if ('ok' in reply) return reply.value;
  if ('refusal' in reply) throw new Refusal(reply.refusal, reply.detail, reply.extras);
  throw new AetherError(reply.code, reply.message);
}
