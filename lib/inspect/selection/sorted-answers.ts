import { everyExecution, standingAnswers, type Answers } from './answers.js';
import type { RunCatalogue } from './run-catalogue.js';

const READERS = { standing: standingAnswers, every: everyExecution } as const;
type Kind = keyof typeof READERS;

/** Computed once per catalogue, which is immutable: it reads the outcomes of many batches. */
const known = new WeakMap<RunCatalogue, Map<Kind, Promise<Answers>>>();

/** The current run of every name, or every execution; by name, then by start. */
export function sortedAnswers(catalogue: RunCatalogue, kind: Kind): Promise<Answers> {
  let kinds = known.get(catalogue);
  if (kinds === undefined) known.set(catalogue, (kinds = new Map<Kind, Promise<Answers>>()));
  let answers = kinds.get(kind);
  if (answers === undefined) {
    answers = READERS[kind](catalogue).then((found) => found.sorted());
    kinds.set(kind, answers);
    const mine = kinds;
    // Retry after a failed read.
    answers.catch(() => mine.delete(kind));
  }
  return answers;
}
