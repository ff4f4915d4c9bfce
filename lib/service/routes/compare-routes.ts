import { plural } from '../../batch/report/units.js';
import { diffRuns, type RunDiff } from '../../inspect/index.js';
import { operation, type Operation } from '../http/operation.js';
import type { ServiceContext } from '../service-context.js';
import type { Comparison } from '../wire/run-data.js';
import { id, ref } from '../wire/schema.js';
import { Refusal } from '../http/problems.js';

interface CompareQuery {
  readonly a?: string;
  readonly b?: string;
}

/** GET /compare: where two runs part. */
export function compareRoutes({ directory }: ServiceContext): Operation[] {
  return [
    operation<object, CompareQuery>({
      id: 'compareRuns',
      method: 'get',
      path: '/compare',
      tag: 'history',
      summary: 'First difference of two runs',
      query: { a: id('One run; needed.'), b: id('The other; needed.') },
      success: { status: 200, description: 'The comparison.', schema: ref('Comparison') },
      problems: ['unknown-run', 'run-not-finished', 'unknown-record'],
      handle: async ({ query }) => {
        const { a, b } = query;
        if (a === undefined || b === undefined)
          throw new Refusal('invalid-request', 'Name two runs as a and b');
        const diff = await diffRuns(await directory.view(a), await directory.view(b));
        const { first, inputs, more_inputs, documents, equal } = diff;
        const body: Comparison = {
          a,
          b,
          equal,
          summary: summaryOf(diff),
          divergence: first === null ? null : { ...first },
          inputs,
          more_inputs,
          documents,
        };
        return { body };
      },
    }),
  ];
}

function summaryOf({ equal, first, ...causes }: RunDiff): string {
  if (equal || first === null) return 'The runs have the same results.';
  const where = first.tick === null ? 'in' : `at tick ${String(first.tick)} in`;
  const field = first.pointer === '' ? '' : `, field ${first.pointer}`;
  return `The runs part ${where} ${first.artefact}${field}; ${causeOf(causes)}.`;
}

function causeOf({
  documents,
  inputs,
  more_inputs,
}: Pick<RunDiff, 'documents' | 'inputs' | 'more_inputs'>): string {
  if (documents.length === 0) return 'their inputs are the same';
  if (inputs.length === 0) return `their inputs differ (${documents.join(', ')}), it is not stored in what`;
  const count = `${more_inputs ? 'at least ' : ''}${plural(inputs.length, 'field')}`;
  return `their inputs differ in ${count}`;
}
