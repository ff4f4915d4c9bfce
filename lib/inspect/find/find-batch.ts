import { inArrivalOrder } from '../../store/arrival.js';
import { listBatches, type BatchSummary } from '../../store/batch-index.js';
import type { ArtefactReader } from '../../store/port.js';
import { matchingIds } from './find-run.js';
import { ambiguous, found, notFound, type Lookup } from './lookup.js';
import { nearNames } from './near-names.js';

/** Summaries of batches, in reverse order of arrival. */
export async function latestBatches(store: ArtefactReader): Promise<readonly BatchSummary[]> {
  return [...inArrivalOrder(await listBatches(store))].reverse();
}

/** Finds a batch by its id, a unique prefix of at least four characters, or `latest`. */
export async function findBatch(store: ArtefactReader, ref: string): Promise<Lookup<BatchSummary>> {
  const batches = await latestBatches(store);
  const ids = batches.map(({ id }) => id);
  const matching = ref === 'latest' ? ids.slice(0, 1) : ids.includes(ref) ? [ref] : matchingIds(ids, ref);
  if (matching.length > 1) return ambiguous(`batch ${ref}`, matching);
  const batch = batches.find(({ id }) => id === matching[0]);
  return batch === undefined
    ? notFound(`batch ${ref}`, nearNames(ref, [...ids.slice(0, 1).map(() => 'latest'), ...ids]))
    : found(batch);
}
