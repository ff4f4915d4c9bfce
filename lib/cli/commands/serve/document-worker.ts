/**
 * Entry of the thread that reads documents for the service.
 */
import { workerData } from 'node:worker_threads';
import { nodeDocumentFiles } from '../../../platform/index.js';
import {
  carryOut,
  type DocumentReply,
  type DocumentTask,
} from '../../../service/documents/document-reader.js';
import type { ReadingThreadData } from '../../../service/documents/reading-thread.js';
import { ScenarioDocuments } from '../../../service/documents/scenario-documents.js';

const { files, places } = workerData as ReadingThreadData;
const documents = new ScenarioDocuments({ files, places, reader: nodeDocumentFiles });

export default function answer(task: DocumentTask): Promise<DocumentReply> {
  return carryOut(documents, task);
}
