import { plural } from '../../base/quantity.js';
import { diffRuns, type RunDiff, type RunView } from '../../inspect/index.js';
import type { Comparison } from '../wire/run-data.js';

/** The first difference of two runs. */
export async function comparison(a: RunView, b: RunView): Promise<Comparison> {
  const diff = await diffRuns(a, b);
  const { first, inputs, more_inputs, documents, equal } = diff;
  return {
    a: a.record.id,
    b: b.record.id,
    equal,
    summary: summaryOf(diff),
    divergence: first === null ? null : { ...first },
    inputs,
    more_inputs,
    documents,
  };
}

function summaryOf({ equal, first, ...causes }: RunDiff): string {
  if (equal || first === null) return 'The runs have the same results.';
  const where = first.tick === null ? 'in' : `at tick ${String(first.tick)} in`;
  const field = first.pointer === '' ? '' : `, field ${first.pointer}`;
  return `The runs differ first ${where} ${first.artefact}${field}; ${causeOf(causes)}.`;
}

function causeOf({
  documents,
  inputs,
  more_inputs,
}: Pick<RunDiff, 'documents' | 'inputs' | 'more_inputs'>): string {
  if (documents.length === 0) return 'their inputs are the same';
  if (inputs.length === 0)
    return `their inputs differ (${documents.join(', ')}), the differing fields are not stored`;
  const count = `${more_inputs ? 'at least ' : ''}${plural(inputs.length, 'field')}`;
  return `their inputs differ in ${count}`;
}
