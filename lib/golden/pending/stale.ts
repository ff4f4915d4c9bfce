import { pendingDirectory } from './judge.js';
import { Unasked, type References } from '../places/obsolete.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { PendingResults, slotOf } from './pending.js';
import { isPending, type PendingGolden, type Waiting } from './waiting.js';

/** A pending result for a golden that no manifest requests. */
export interface StalePending {
  readonly pending: PendingGolden;
  readonly why: string;
}

/** Pending results whose scenario, or its golden, is no longer in the manifests. */
export async function stalePending(
  tree: GoldenTree,
  references: References,
): Promise<readonly StalePending[]> {
  const items = new PendingResults(tree).pending().map((pending) => askedBy(tree, pending));
  const unasked = await new Unasked(tree, references).of(items);
  return unasked.map(({ item, why }) => ({ pending: item.pending, why }));
}

/** Removes pending and rejected results for goldens that no manifest requests. */
export async function removeStale(tree: GoldenTree, references: References): Promise<void> {
  const { items } = new PendingResults(tree).all();
  const kept = items.flatMap((item) => {
    const pending = pendingOf(item);
    return pending === undefined ? [] : [{ ...askedBy(tree, pending), item }];
  });
  const stale = await new Unasked(tree, references).of(kept);
  if (stale.length === 0) return;
  await tree.exclusive(async () => {
    for (const { item } of stale) await new PendingResults(tree).remove(slotOf(item.item));
  });
}

function pendingOf(item: Waiting): PendingGolden | undefined {
  return isPending(item) ? item : item.pending;
}

function askedBy(tree: GoldenTree, pending: PendingGolden) {
  const { manifest } = pending.golden.record;
  return { directory: pendingDirectory(tree, pending), manifest, pending };
}
