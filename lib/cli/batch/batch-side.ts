import { sideOfReport } from '../../batch/report/report-side.js';
import { sideOfRecord, type BatchSide } from '../../inspect/batch-diff/index.js';
import { findBatch, latestBatches } from '../../inspect/find/find-batch.js';
import type { ArtefactStore } from '../../store/port.js';
import { foundOr } from '../command-error.js';
import { isNamed } from '../scenarios/manifest-files.js';
import { readReport } from './read-report.js';

/**
 * A batch by id, unique prefix or `latest`; or a report of `--output` or `--json`, by its file or directory.
 *
 * @throws NotFound, UsageError
 */
export async function batchSide(store: ArtefactStore, ref: string): Promise<BatchSide> {
  const found = await findBatch(store, ref);
  if (!found.ok && isNamed(ref)) return sideOfReport(readReport(ref));
  const record = await store.batch(foundOr(found).id);
  return sideOfRecord(record!);
}

/** Maximum number of batches of the same manifests that are searched. */
const LOOK_BACK = 200;

/**
 * The latest recorded batch of the same manifests with at least half of these runs, so that neither a single
 * run nor a narrow selection is used for the comparison; undefined if there is none.
 */
export async function latestOf(
  store: ArtefactStore,
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
