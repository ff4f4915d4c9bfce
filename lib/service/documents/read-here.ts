import { setImmediate as nextTurn } from 'node:timers/promises';
import { carryOut, valueOf, type DocumentReader, type TaskAnswer } from './document-reader.js';
import type { ProjectOptions } from './project-documents.js';
import { ScenarioDocuments } from './scenario-documents.js';

/** Reads documents on the calling thread, for tests and small tools: requests wait meanwhile. */
export function readHere(options: ProjectOptions): DocumentReader {
  const documents = new ScenarioDocuments(options);
  return {
    async ask(task, ...args) {
      // Answers come as late as those of a thread.
      await nextTurn();
      return valueOf(await carryOut(documents, { task, args })) as TaskAnswer<typeof task>;
    },
    close: () => Promise.resolve(),
  };
}
