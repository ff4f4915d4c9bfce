import type { ArtefactStore, Reliance } from '../store/port.js';
import type { RunRecord } from '../store/record-types.js';
import type { RunJobResult } from './run-job.js';

/**
 * Publishes the record of an execution with its artefacts. The blobs of a run without artefacts are dropped:
 * a partial artefact proves nothing.
 *
 * @param how.cacheable true if the run answers for its inputs
 * @throws AetherError STORE_* when the store cannot keep it
 */
export async function publishResult(
  store: ArtefactStore,
  record: RunRecord,
  { artefacts, blobs }: Pick<RunJobResult, 'artefacts' | 'blobs'>,
  how: { readonly cacheable: boolean; readonly reliance?: Reliance },
): Promise<void> {
  const isUseless = artefacts.length === 0 && blobs.length > 0;
  if (isUseless) await store.discard(blobs);
  await store.publish({ record, blobs: isUseless ? [] : blobs, ...how });
}
