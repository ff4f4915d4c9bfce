import { nextTurn } from '../../platform/yield-timer.js';
import { carryOut, valueOf, type TaskAnswer, type TaskReader } from './task-reader.js';

/** Performs tasks on the calling thread. */
export function answerHere<T extends object>(tasks: T): TaskReader<T> {
  return {
    async ask(task, ...args) {
      // Asynchronous like the answers of a thread.
      await nextTurn();
      return valueOf(await carryOut(tasks, { task, args })) as TaskAnswer<T, typeof task>;
    },
    close: () => Promise.resolve(),
  };
}
