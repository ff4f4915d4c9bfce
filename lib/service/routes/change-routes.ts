import { diffBatches, sideOfRecord, type BatchSide } from '../../inspect/batch-diff/index.js';
import { findBatch } from '../../inspect/find-batch.js';
import { runHistory } from '../../inspect/history/index.js';
import { describeNotFound } from '../../inspect/lookup.js';
import { parseSince, SINCE_FORM } from '../../store/since.js';
import { operation, type Operation } from '../http/operation.js';
import { Refusal } from '../http/problems.js';
import type { ServiceContext } from '../service-context.js';
import type { WireBatchDiff, WireTrend } from '../wire/changes.js';
import { id, integer, ref, text } from '../wire/schema.js';

/** What changed: between two batches, and of one name over all of them. */
export function changeRoutes(context: ServiceContext): Operation[] {
  return [batchDiff(context), trend(context)];
}

function batchDiff({ store }: ServiceContext): Operation {
  return operation<{ readonly a: string; readonly b: string }>({
    id: 'diffBatches',
    method: 'get',
    path: '/batches/{a}/diff/{b}',
    tag: 'batches',
    summary: 'Two batches compared run by run',
    description: 'Recorded batches, also those of the command line; `latest` and unique prefixes of ids too.',
    params: { a: id('The earlier batch.'), b: id('The later one.') },
    success: { status: 200, description: 'The comparison.', schema: ref('BatchDiff') },
    problems: ['unknown-batch'],
    handle: async ({ params }) => {
      const side = async (ref: string): Promise<BatchSide> => {
        const found = await findBatch(store, ref);
        const record = found.ok ? await store.batch(found.value.id) : undefined;
        if (record === undefined)
          throw new Refusal('unknown-batch', found.ok ? `There is no batch ${ref}` : describeNotFound(found));
        return sideOfRecord(record);
      };
      const body: WireBatchDiff = await diffBatches(store, await side(params.a), await side(params.b));
      return { body };
    },
  });
}

const MOST_ENTRIES = 500;

interface TrendQuery {
  readonly since?: string;
  readonly limit?: number;
}

function trend({ store, clock }: ServiceContext): Operation {
  return operation<{ readonly name: string }, TrendQuery>({
    id: 'getTrend',
    method: 'get',
    path: '/history/{name}/trend',
    tag: 'history',
    summary: 'A run name or scenario over the batches',
    params: { name: id('Run name, or scenario id.') },
    query: {
      since: text('Only batches since then: an age such as 30d, or a date.', { maxLength: 40 }),
      limit: integer('Batches, the latest first; 30 unless given.', { minimum: 1, maximum: MOST_ENTRIES }),
    },
    success: { status: 200, description: 'The latest batch first.', schema: ref('Trend') },
    problems: ['unknown-run'],
    handle: async ({ params, query }) => {
      const { limit = 30 } = query;
      const since = query.since === undefined ? undefined : parseSince(query.since, clock.now());
      if (query.since !== undefined && since === undefined)
        throw new Refusal('invalid-request', `since must be ${SINCE_FORM}`);
      const found = await runHistory(store, params.name, { since, limit });
      if (!found.ok) throw new Refusal('unknown-run', describeNotFound(found));
      const body: WireTrend = found.value;
      return { body };
    },
  });
}
