import { openRun } from '../../inspect/open-run.js';
import type { RunView } from '../../inspect/run-view.js';
import { foundOr } from '../command-error.js';
import { openForReading, withStore } from '../open-store.js';

/**
 * Opens runs of one store, and always closes the store.
 *
 * @throws NotFound, AetherError STORE_*
 */
export async function withRuns<T>(
  root: string,
  refs: readonly string[],
  use: (...runs: RunView[]) => Promise<T>,
): Promise<T> {
  return withStore(openForReading(root), async (store) => {
    const runs: RunView[] = [];
    for (const ref of refs) runs.push(foundOr(await openRun(store, ref)));
    return use(...runs);
  });
}
