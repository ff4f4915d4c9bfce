import { LastRuns } from '../../store/last-runs.js';
import type { ArtefactStore } from '../../store/port.js';
import type { RunRecord } from '../../store/record-types.js';
import { agrees } from './ending.js';
import { isDamage } from '../tree/golden-file.js';
import type { GoldenRecord } from '../tree/golden-record.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { pendingDirectory } from '../pending/judge.js';
import type { PendingGolden } from '../pending/waiting.js';

/**
 * The current run of the name of a pending result, if it agrees with the golden: then the pending result is
 * out of date, and accepting it would replace a correct golden.
 */
export async function latestAgrees(
  tree: GoldenTree,
  store: ArtefactStore,
  pending: PendingGolden,
): Promise<RunRecord | undefined> {
  const golden = goldenOf(tree, pending);
  if (golden === undefined || agrees(golden, pending.golden.record)) return undefined;
  const latest = await new LastRuns(store).of(golden.name);
  return latest !== undefined && latest.id !== pending.run && agrees(golden, latest) ? latest : undefined;
}

function goldenOf(tree: GoldenTree, pending: PendingGolden): GoldenRecord | undefined {
  try {
    return tree.read(pendingDirectory(tree, pending));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return undefined;
  }
}
