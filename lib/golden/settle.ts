import { dirname, join, resolve } from 'node:path';
import { isBelow, portablePath } from './elsewhere.js';
import { isDamage } from './golden-file.js';
import type { GoldenRecord } from './golden-record.js';
import type { GoldenTree } from './golden-tree.js';
import { PendingResults } from './pending.js';
import { slotOfSubject } from './slot-of-subject.js';
import { isPending, type Slot } from './waiting.js';

/** What asks for a golden. */
export interface Asker {
  readonly name: string;
  readonly scenario: string;
  /** As the user named it. */
  readonly manifest: string;
  readonly directory: string;
}

/**
 * A run agrees with its golden: what waited for a judgement of another result is out of date and goes, and the golden
 * remembers which manifest asks for it now. Who accepted it, when and why stays.
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

/** The record with what asks for it now; undefined when that is what it says. */
function refreshedRecord(
  tree: GoldenTree,
  { name, scenario, manifest }: Asker,
  golden: GoldenRecord,
): GoldenRecord | undefined {
  const path = portablePath(tree.root, manifest);
  if (golden.manifest === path && golden.name === name && golden.scenario === scenario) return undefined;
  // A copy of the project somewhere else is no reason to make its goldens point there.
  const isOwn = isBelow(dirname(resolve(tree.root)), manifest);
  const isThere = golden.manifest !== null && tree.files.stat(join(tree.root, golden.manifest)) !== undefined;
  return isOwn || !isThere ? { ...golden, manifest: path, name, scenario } : undefined;
}
