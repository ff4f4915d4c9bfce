import type { RunRecord } from '../record-types.js';

/** A run record without the lists of its artefacts and documents: the fields for a table of many runs. */
export type RunFacts = Omit<RunRecord, 'schema' | 'inputs' | 'artefacts' | 'golden'>;

/** The facts of a record. */
export function factsOf(record: RunRecord): RunFacts {
  const { schema: _schema, inputs: _inputs, artefacts: _artefacts, golden: _golden, ...facts } = record;
  return facts;
}
