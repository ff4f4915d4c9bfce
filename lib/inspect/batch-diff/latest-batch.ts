import type { ArtefactReader } from '../../store/port.js';
import { latestBatches } from '../find/find-batch.js';
import { sideOfRecord, type BatchSide } from './batch-side.js';

/** Maximum number of batches of the same manifests that are searched. */
const LOOK_BACK = 200;

/**
 * The latest recorded batch of the same manifests with at least half of these runs, so that neither a single
 * run nor a narrow selection is used for the comparison; undefined if there is none.
 */
export async function latestBatchOf(
  store: ArtefactReader,
  manifests: readonly string[],
  names: ReadonlySet<string>,
): Promise<BatchSide | undefined> {
  const wanted = JSON.stringify([...manifests].sort());
  const candidates = (await latestBatches(store)).filter(
    (batch) => JSON.stringify([...batch.manifests].sort()) === wanted,
  );
  for (const { id } of candidates.slice(0, LOOK_BACK)) {
    const record = await store.batch(id);
    const shared = record?.outcomes.filter(({ name }) => names.has(name)).length ?? 0;
    if (record !== undefined && shared * 2 >= names.size) return sideOfRecord(record);
  }
  return undefined;
}
