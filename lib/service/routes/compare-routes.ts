import { runId } from '../../base/schema.js';
import { operation, type Operation } from '../http/operation.js';
import type { ServiceContext } from '../service-context.js';
import { COMPARISON } from '../wire/run-data.js';
import { ref } from '../wire/named-schema.js';
import { Refusal } from '../refusal.js';

/** GET /compare: the first difference of two runs. */
export function compareRoutes({ directory }: ServiceContext): Operation[] {
  return [
    operation({
      id: 'compareRuns',
      method: 'get',
      path: '/compare',
      tag: 'history',
      summary: 'First difference of two runs',
      query: { a: runId('The first run; required.'), b: runId('The second run; required.') },
      success: { status: 200, description: 'The comparison.', schema: ref(COMPARISON) },
      problems: ['unknown-run', 'run-not-finished', 'unknown-record'],
      handle: async ({ query }) => {
        const { a, b } = query;
        if (a === undefined || b === undefined)
          throw new Refusal('invalid-request', 'Give two runs as a and b');
        await directory.requireFinished(b);
        return { json: await directory.ask('compare', a, b) };
      },
    }),
  ];
}
