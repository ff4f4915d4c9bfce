import { setImmediate as nextTurn } from 'node:timers/promises';
import { carryOut, valueOf, type TaskAnswer, type TaskReader } from './task-reader.js';

/** Answers tasks on the calling thread. */
export function answerHere<T extends object>(tasks: T): TaskReader<T> {
  return {
    async ask(task, ...args) {
      // Answers come as late as those of a thread.
      await nextTurn();
      return valueOf(await carryOut(tasks, { task, args })) as TaskAnswer<T, typeof task>;
    },
    close: () => Promise.resolve(),
  };
}
