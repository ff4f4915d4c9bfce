import { operation, type Operation } from '../http/operation.js';
import { NEXT_LINK, PAGE_QUERY, pageByKey } from '../http/paging.js';
import type { ServiceContext } from '../service-context.js';
import { BATCH_SUMMARY, BATCH_DETAIL, START_BATCH, type BatchSummaryEntry } from '../wire/batch.js';
import { id, list } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

const TAG = 'batches';
const BATCH_ID = { batch_id: id('Id of the batch.') };
const DETAIL = { status: 200, description: 'The batch with its plan.', schema: ref(BATCH_DETAIL) };

/** Starts and monitors batches. */
export function batchRoutes(context: ServiceContext): Operation[] {
  return [listBatches(context), startBatch(context), readBatch(context), stopBatch(context)];
}

function listBatches({ batches }: ServiceContext): Operation {
  return operation({
    id: 'listBatches',
    method: 'get',
    path: '/batches',
    tag: TAG,
    summary: 'Batches, including those of the command line',
    query: PAGE_QUERY,
    success: {
      status: 200,
      description: 'Newest first.',
      schema: list(ref(BATCH_SUMMARY), 'Batches.'),
      headers: NEXT_LINK,
    },
    problems: ['invalid-cursor'],
    handle: async ({ query, url }) => {
      const page = pageByKey(await batches.places(), query, {
        key: ({ key }) => key,
        order: 'descending',
        url,
      });
      const body: BatchSummaryEntry[] = [];
      for (const { id } of page.items) body.push(await batches.summary(id));
      return { body, headers: page.headers };
    },
  });
}

function startBatch({ batches }: ServiceContext): Operation {
  return operation({
    id: 'startBatch',
    method: 'post',
    path: '/batches',
    tag: TAG,
    summary: 'Start a batch',
    description:
      'A run is selected if it matches every given list. A `dry_run` returns the plan with its reasons and starts nothing.',
    body: { schema: START_BATCH, required: false },
    success: { ...DETAIL, status: 201 },
    problems: [
      'run-active',
      'diagnostics-active',
      'invalid-document',
      'unknown-selection',
      'nothing-selected',
    ],
    handle: async ({ body }) => ({ body: await batches.start(body) }),
  });
}

function readBatch({ batches }: ServiceContext): Operation {
  return operation({
    id: 'getBatch',
    method: 'get',
    path: '/batches/{batch_id}',
    tag: TAG,
    summary: 'A batch with its plan',
    params: BATCH_ID,
    success: DETAIL,
    problems: ['unknown-batch'],
    handle: async ({ params }) => ({ body: await batches.get(params.batch_id) }),
  });
}

function stopBatch({ batches }: ServiceContext): Operation {
  return operation({
    id: 'stopBatch',
    method: 'post',
    path: '/batches/{batch_id}/stop',
    tag: TAG,
    summary: 'Stop a batch at the next tick of its runs',
    params: BATCH_ID,
    success: DETAIL,
    problems: ['unknown-batch', 'batch-not-active'],
    handle: async ({ params }) => ({ body: await batches.stop(params.batch_id) }),
  });
}
