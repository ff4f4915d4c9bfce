import { everyExecution, standingAnswers, type Answers } from './answers.js';
import type { RunCatalogue } from './run-catalogue.js';

const READERS = { standing: standingAnswers, every: everyExecution } as const;
type Kind = keyof typeof READERS;

/** Found once for a catalogue, which is of one moment: it takes a look at the outcomes of many batches. */
const known = new WeakMap<RunCatalogue, Map<Kind, Promise<Answers>>>();

/** The run that answers now for every name, or every execution; by name, then by start. */
export function sortedAnswers(catalogue: RunCatalogue, kind: Kind): Promise<Answers> {
  let kinds = known.get(catalogue);
  if (kinds === undefined) known.set(catalogue, (kinds = new Map<Kind, Promise<Answers>>()));
  let answers = kinds.get(kind);
  if (answers === undefined) {
    answers = READERS[kind](catalogue).then((found) => found.sorted());
    kinds.set(kind, answers);
    const mine = kinds;
    // A look that failed is not the last one.
    answers.catch(() => mine.delete(kind));
  }
  return answers;
}
