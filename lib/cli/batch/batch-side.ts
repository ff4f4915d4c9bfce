import { sideOfReport } from '../../batch/report/report-side.js';
import { sideOfRecord, type BatchSide } from '../../inspect/batch-diff/index.js';
import { findBatch } from '../../inspect/find/find-batch.js';
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
