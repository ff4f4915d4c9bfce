import type { DiskReader } from './disk-reader.js';
import type { ArtefactReader } from './port.js';
import { RecordIndex } from './record-index.js';
import type { BatchRecord } from './record-types.js';
import { unlessDamaged } from './unless-damaged.js';

type OutcomeState = BatchRecord['outcomes'][number]['state'];

/** A batch record with the number of outcomes per state in place of the outcomes. */
export interface BatchSummary extends Omit<BatchRecord, 'outcomes'> {
  readonly states: Readonly<Partial<Record<OutcomeState, number>>>;
}

/** The summary of a record. */
export function summariseBatch({ outcomes, ...head }: BatchRecord): BatchSummary {
  const states: Partial<Record<OutcomeState, number>> = {};
  for (const { state } of outcomes) states[state] = (states[state] ?? 0) + 1;
  return { ...head, states };
}

/** Summaries of all batches of any store, by id. */
export async function listBatches(
  store: ArtefactReader & { batchSummaries?: () => readonly BatchSummary[] },
): Promise<readonly BatchSummary[]> {
  if (store.batchSummaries !== undefined) return store.batchSummaries();
  const batches: BatchSummary[] = [];
  for (const id of await store.batchIds()) {
    const batch = await unlessDamaged(store.batch(id));
    if (batch !== undefined) batches.push(summariseBatch(batch));
  }
  return batches;
}

/** An index of the batch records of a store on disk. */
export function batchIndex(reader: DiskReader): RecordIndex<BatchSummary> {
  return new RecordIndex(reader, {
    ids: () => reader.ids('batches'),
    file: 'cache/batches-1.json',
    read: (id) => {
      const batch = reader.batch(id);
      return batch === undefined ? undefined : summariseBatch(batch);
    },
  });
}
