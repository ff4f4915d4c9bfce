import { YieldTimer } from '../platform/yield-timer.js';
import type { ArtefactReader } from './port.js';
import type { BatchRecord } from './record-types.js';

export type Outcome = BatchRecord['outcomes'][number];

/** Outcomes in pieces. */
export type OutcomePieces = Iterable<readonly Outcome[]>;

/** A store that can read the outcomes of a record without holding the whole record. */
interface OutcomeSource {
  /** Undefined for a batch that is missing or small. Throws AetherError STORE_RECORD_CORRUPT. */
  readonly largeOutcomes?: (id: string) => OutcomePieces | undefined;
}

/**
 * The outcomes of a batch in pieces, yielding to other work of this thread in between; undefined for a
 * missing batch. Holds only one piece of a large record.
 *
 * @throws AetherError STORE_RECORD_CORRUPT
 */
export async function batchOutcomes(
  store: ArtefactReader & OutcomeSource,
  id: string,
): Promise<AsyncIterable<readonly Outcome[]> | undefined> {
  const pieces = store.largeOutcomes?.(id);
  if (pieces !== undefined) return inTurns(pieces);
  const record = await store.batch(id);
  return record === undefined ? undefined : inTurns([record.outcomes]);
}

async function* inTurns(pieces: OutcomePieces): AsyncGenerator<readonly Outcome[], void, undefined> {
  const yieldTimer = new YieldTimer();
  for (const piece of pieces) {
    yield piece;
    if (yieldTimer.isDue) await yieldTimer.yield();
  }
}
