/** The reading thread, with a gate before each read of the gated document. */
import { workerData } from 'node:worker_threads';
import { nodeDocumentFiles } from '../../lib/platform/index.js';
import { ScenarioDocuments } from '../../lib/service/documents/scenario-documents.js';
import { answerFrom } from '../../lib/service/reading/answer-from.js';
import type { ReadingTask } from '../../lib/service/reading/task-reader.js';
import { ARRIVED, OPEN, type Gated } from './gate.js';

const { files, places, gate, document } = workerData as Gated;
const words = new Int32Array(gate);
const reader: typeof nodeDocumentFiles = {
  ...nodeDocumentFiles,
  read: (path) => {
    if (path.endsWith(document)) {
      Atomics.add(words, ARRIVED, 1);
      Atomics.notify(words, ARRIVED);
      Atomics.wait(words, OPEN, 0);
    }
    return nodeDocumentFiles.read(path);
  },
};
const documents = new ScenarioDocuments({ files, places, reader });

export default function answer(task: ReadingTask): Promise<unknown> {
  return answerFrom(documents, task);
}
