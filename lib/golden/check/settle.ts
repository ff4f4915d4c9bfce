import { dirname, join, resolve } from 'node:path';
import { isBelow, portablePath } from '../places/elsewhere.js';
import { isDamage } from '../tree/golden-file.js';
import type { GoldenRecord } from '../tree/golden-record.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { PendingResults } from '../pending/pending.js';
import { slotOfSubject, isPending, type Slot } from '../pending/waiting.js';

/** The run that requests a golden. */
export interface Asker {
  readonly name: string;
  readonly scenario: string;
  /** As given by the user. */
  readonly manifest: string;
  readonly directory: string;
}

/**
 * Updates a golden that its run agrees with: a pending result of another result is out of date and removed,
 * and the golden records the manifest that requests it now. Author, time and reason of its acceptance are
 * unchanged.
 */
export async function settleAgreeing(tree: GoldenTree, subject: Asker, golden: GoldenRecord): Promise<void> {
  const slot = slotOfSubject(tree, subject);
  const isStale = isWaiting(tree, slot);
  const refreshed = refreshedRecord(tree, subject, golden);
  if (!isStale && refreshed === undefined) return;
  await tree.exclusive(async () => {
    if (isStale) await new PendingResults(tree).remove(slot);
    const isSame = tree.read(subject.directory)?.result_digest === golden.result_digest;
    if (refreshed !== undefined && isSame) await tree.replaceRecord(subject.directory, refreshed);
  });
}

function isWaiting(tree: GoldenTree, slot: Slot): boolean {
  try {
    return isPending(new PendingResults(tree).read(slot));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
}

/** The record with the manifest that requests it now; undefined if it is unchanged. */
function refreshedRecord(
  tree: GoldenTree,
  { name, scenario, manifest }: Asker,
  golden: GoldenRecord,
): GoldenRecord | undefined {
  const path = portablePath(tree.root, manifest);
  if (golden.manifest === path && golden.name === name && golden.scenario === scenario) return undefined;
  // A copy of the project in another place must not make its goldens point there.
  const isOwn = isBelow(dirname(resolve(tree.root)), manifest);
  const isThere = golden.manifest !== null && tree.files.stat(join(tree.root, golden.manifest)) !== undefined;
  return isOwn || !isThere ? { ...golden, manifest: path, name, scenario } : undefined;
}
