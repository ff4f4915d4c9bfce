/**
 * Entry of the thread that reads documents for the service.
 */
import { workerData } from 'node:worker_threads';
import { nodeDocumentFiles } from '../../../platform/index.js';
import { ScenarioDocuments } from '../../../service/documents/scenario-documents.js';
import { answerFrom } from '../../../service/reading/answer-from.js';
import type { ReadingTask } from '../../../service/reading/task-reader.js';
import { goldenTree } from '../../golden/golden-context.js';
import type { DocumentWorkerData } from './worker-data.js';

const { files, places, golden } = workerData as DocumentWorkerData;
const documents = new ScenarioDocuments({
  files,
  places,
  reader: nodeDocumentFiles,
  goldens: goldenTree(golden),
});

export default function answer(task: ReadingTask): Promise<unknown> {
  return answerFrom(documents, task);
}
