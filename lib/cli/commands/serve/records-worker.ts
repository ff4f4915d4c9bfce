/**
 * Entry of the thread that reads the records of finished runs for the service.
 */
import { workerData } from 'node:worker_threads';
import { nodePlatform } from '../../../platform/index.js';
import {
  carryOut,
  type DocumentReply,
  type DocumentTask,
} from '../../../service/documents/document-reader.js';
import { RunRecords } from '../../../service/records/run-records.js';
import { openDiskStore } from '../../../store/index.js';

const { root } = workerData as { readonly root: string };
const records = new RunRecords(await openDiskStore({ root, mode: 'read', platform: nodePlatform() }));

export default function answer(task: DocumentTask): Promise<DocumentReply> {
  return carryOut(records, task);
}
