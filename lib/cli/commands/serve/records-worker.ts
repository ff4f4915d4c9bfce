/**
 * Entry of the thread that reads the records of finished runs for the service.
 */
import { workerData } from 'node:worker_threads';
import { nodePlatform } from '../../../platform/index.js';
import { RunRecords } from '../../../service/records/run-records.js';
import { answerFrom } from '../../../service/reading/answer-from.js';
import type { ReadingTask } from '../../../service/reading/task-reader.js';
import { openDiskStore } from '../../../store/index.js';
import { goldenTree } from '../../golden/golden-context.js';
import type { RecordsWorkerData } from './worker-data.js';

const { root, golden } = workerData as RecordsWorkerData;
const records = openRecords();

async function openRecords(): Promise<RunRecords> {
  const store = await openDiskStore({ root, mode: 'read', platform: nodePlatform() });
  return new RunRecords(store, goldenTree(golden));
}

export default async function answer(task: ReadingTask): Promise<unknown> {
  return answerFrom(await records, task);
}
