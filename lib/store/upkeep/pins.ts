import { AetherError } from '../../base/errors.js';
import { parseRunId, type RunId } from '../../base/run-id.js';
import type { DiskStore } from '../disk-store.js';
import { relative, requireStoreName } from '../layout.js';
import { sealRef } from '../record-file.js';
import { onFile } from '../system-error.js';
import { refNames } from './walk-tree.js';

/**
 * Protects a run from gc until it is unpinned.
 *
 * @throws AetherError STORE_RUN_MISSING
 */
export async function pinRun(store: DiskStore, id: RunId): Promise<void> {
  requireStoreName(id, 'run id');
  const { lease, writer } = store.maintenance();
  // Under protection, so that no gc removes the run between the check and the pin.
  await lease.whileProtected(async () => {
    if (store.reader.run(id) === undefined)
      throw new AetherError('STORE_RUN_MISSING', `there is no run ${id}`);
    await writer.writeOne(relative.ref('pins', id), sealRef(id));
  });
}

/** Removes a pin; false if the run was not pinned. */
export async function unpinRun(store: DiskStore, id: RunId): Promise<boolean> {
  requireStoreName(id, 'run id');
  store.maintenance();
  const path = relative.ref('pins', id);
  const removed = onFile('remove', path, () => store.reader.files.remove(store.reader.path(path)));
  if (removed) await store.reader.files.sync(store.reader.path('refs/pins'));
  return removed;
}

/** Ids of pinned runs, ascending. */
export function pinnedRuns(store: DiskStore): readonly RunId[] {
  return refNames(store.reader, 'pins').flatMap((name) => parseRunId(name) ?? []);
}
