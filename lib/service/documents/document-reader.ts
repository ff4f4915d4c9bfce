import type { TaskReader } from '../reading/task-reader.js';
import type { ProjectOptions } from './project-documents.js';
import { answerHere } from '../reading/answer-here.js';
import { ScenarioDocuments } from './scenario-documents.js';

/** Reads documents for the service, one task at a time. */
export type DocumentReader = TaskReader<ScenarioDocuments>;
export type DocumentTask = keyof ScenarioDocuments;

/** Reads documents on the calling thread, for tests and small tools: requests wait meanwhile. */
export function readHere(options: ProjectOptions): DocumentReader {
  return answerHere(new ScenarioDocuments(options));
}
