import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  carryOut,
  valueOf,
  type DocumentReader,
  type TaskAnswer,
  type TaskReader,
} from './document-reader.js';
import type { ProjectOptions } from './project-documents.js';
import { ScenarioDocuments } from './scenario-documents.js';

/** Reads documents on the calling thread, for tests and small tools: requests wait meanwhile. */
export function readHere(options: ProjectOptions): DocumentReader {
  return answerHere(new ScenarioDocuments(options));
}

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
