import { batchDiffTable, diffBatches, sideOfRecord, type BatchSide } from '../../inspect/batch-diff/index.js';
import { findBatch } from '../../inspect/find/find-batch.js';
import { BATCHES_BEFORE, historyTable, runHistory, trendGrid } from '../../inspect/history/index.js';
import { describeNotFound } from '../../inspect/find/lookup.js';
import { parseSince, SINCE_FORM } from '../../store/since.js';
import { operation, type Operation } from '../http/operation.js';
import { Refusal } from '../refusal.js';
import type { ServiceContext } from '../service-context.js';
import { OFFERED_MEDIA, OFFERED_QUERY, offeredAs } from '../tables/offered-table.js';
import { TREND, BATCH_DIFF } from '../wire/changes.js';
import { TRENDS } from '../wire/trends.js';
import { id, integer, oneOf, text } from '../../base/schema.js';
import { ref } from '../wire/named-schema.js';

/** Changes between two batches, and of one name over all of them. */
export function changeRoutes(context: ServiceContext): Operation[] {
  return [batchDiff(context), trend(context), trends(context)];
}

function batchDiff(context: ServiceContext): Operation {
  return operation({
    id: 'diffBatches',
    method: 'get',
    path: '/batches/{a}/diff/{b}',
    tag: 'batches',
    summary: 'Two batches compared run by run',
    description:
      'Recorded batches, including those of the command line, by id, unique prefix of an id, or `latest`.',
    params: { a: id('The first batch.'), b: id('The second batch.') },
    query: OFFERED_QUERY,
    success: {
      status: 200,
      description: 'The comparison; as a table, one row for each run that changed.',
      schema: ref(BATCH_DIFF),
      alternatives: OFFERED_MEDIA,
    },
    problems: ['unknown-batch', 'not-acceptable', 'too-many-streams'],
    handle: (request) =>
      offeredAs(request, context, async () => {
        const { store } = context;
        const [a, b] = [await sideOf(store, request.params.a), await sideOf(store, request.params.b)];
        const diff = await diffBatches(store, a, b);
        return { body: diff, table: batchDiffTable(diff), name: 'changes' };
      }),
  });
}

/** @throws Refusal unknown-batch */
async function sideOf(store: ServiceContext['store'], ref: string): Promise<BatchSide> {
  const found = await findBatch(store, ref);
  const record = found.ok ? await store.batch(found.value.id) : undefined;
  if (record !== undefined) return sideOfRecord(record);
  throw new Refusal('unknown-batch', found.ok ? `There is no batch ${ref}` : describeNotFound(found));
}

const MOST_ENTRIES = 500;

const SINCE = text('Only batches since a time: an age such as 30d, or a date.', { maxLength: 40 });

/** @throws Refusal invalid-request */
function momentOf(since: string | undefined, now: number): string | undefined {
  const moment = since === undefined ? undefined : parseSince(since, now);
  if (since === undefined || moment !== undefined) return moment;
  throw new Refusal('invalid-request', `since must be ${SINCE_FORM}`);
}

function trend(context: ServiceContext): Operation {
  return operation({
    id: 'getTrend',
    method: 'get',
    path: '/history/{name}/trend',
    tag: 'history',
    summary: 'A run name or scenario over the batches',
    params: { name: id('Run name, or scenario id.') },
    query: {
      since: SINCE,
      limit: integer('Maximum of batches, the latest first; 30 by default.', {
        minimum: 1,
        maximum: MOST_ENTRIES,
      }),
      ...OFFERED_QUERY,
    },
    success: {
      status: 200,
      description: 'The latest batch first; as a table, one row for each batch.',
      schema: ref(TREND),
      alternatives: OFFERED_MEDIA,
    },
    problems: ['unknown-run', 'not-acceptable', 'too-many-streams'],
    handle: (request) =>
      offeredAs(request, context, async () => {
        const { limit = 30 } = request.query;
        const since = momentOf(request.query.since, context.clock.now());
        const found = await runHistory(context.store, request.params.name, { since, limit });
        if (!found.ok) throw new Refusal('unknown-run', describeNotFound(found));
        return { body: found.value, table: historyTable(found.value), name: 'trend' };
      }),
  });
}

function trends({ store, clock }: ServiceContext): Operation {
  return operation({
    id: 'getTrends',
    method: 'get',
    path: '/trends',
    tag: 'history',
    summary: 'Every scenario or run name over the latest batches',
    description: `Each result is compared with the previous one of its run name, in the shown batches and the ${String(BATCHES_BEFORE)} before them.`,
    query: {
      by: oneOf(['scenario', 'run'], 'One row for each scenario (default) or run name.'),
      name: text('Only names that contain this text.', { maxLength: 128 }),
      manifest: text('Only batches of this manifest.', { maxLength: 500 }),
      since: SINCE,
      batches: integer('Maximum of batches, the latest; `more` is true if there are earlier ones.', {
        minimum: 1,
        maximum: 100,
        default: 30,
      }),
      limit: integer('Maximum of rows; `total` is the number of all rows.', {
        minimum: 1,
        maximum: 1000,
        default: 100,
      }),
      offset: integer('Number of rows to skip.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    },
    success: { status: 200, description: 'The grid.', schema: ref(TRENDS) },
    handle: async ({ query }) => {
      const { by = 'scenario', name, manifest, batches: most = 30, limit = 100, offset = 0 } = query;
      const since = momentOf(query.since, clock.now());
      const { batches, rows, more } = await trendGrid(store, { by, name, manifest, since, limit: most });
      const shown = rows.slice(offset, offset + limit);
      return { body: { batches, more, rows: shown, total: rows.length, offset } };
    },
  });
}
