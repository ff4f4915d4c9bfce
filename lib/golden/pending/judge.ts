import { join } from 'node:path';
import type { Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import { artefactText } from '../compare/capture.js';
import { agrees } from '../compare/ending.js';
import { isDamage } from '../tree/golden-file.js';
import type { Acceptance, GoldenRecord } from '../tree/golden-record.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { PendingResults, slotOf } from './pending.js';
import { isPending, type PendingGolden, type RejectedGolden } from './waiting.js';

/** accepted: it is the golden now. agrees: the golden already had this result, and is unchanged. */
export type Accepted = 'accepted' | 'agrees';

/** The state that was viewed before the judgement. */
export interface Seen {
  readonly pending: PendingGolden;
  /** Result digest of the golden it was compared with, null if there was none; absent if it was not shown. */
  readonly golden?: Digest | null;
}

/**
 * Makes the viewed pending result the golden. The pending result is removed last: an interrupted judgement
 * can be repeated.
 *
 * @throws AetherError GOLDEN_SUPERSEDED when the pending result was replaced or removed after it was viewed
 */
export function acceptPending(tree: GoldenTree, seen: Seen, accepted: Acceptance): Promise<Accepted> {
  return tree.exclusive(async () => {
    requireStanding(tree, seen);
    return acceptResult(tree, seen.pending, accepted);
  });
}

/** Accepts a result within an exclusive change. */
export async function acceptResult(
  tree: GoldenTree,
  result: PendingGolden,
  accepted: Acceptance,
): Promise<Accepted> {
  const { record, files } = result.golden;
  const directory = pendingDirectory(tree, result);
  const isHeld = holds(tree, directory, record);
  if (!isHeld) {
    for (const artefact of record.artefacts) {
      if (artefact.file !== null) artefactText(artefact, files[artefact.file]);
    }
    await tree.write(directory, { record: { ...record, accepted }, files });
  }
  await new PendingResults(tree).remove(slotOf(result));
  return isHeld ? 'agrees' : 'accepted';
}

/** Records that a result was rejected; the golden is unchanged. @throws AetherError GOLDEN_SUPERSEDED */
export function rejectPending(tree: GoldenTree, seen: Seen, rejected: Acceptance): Promise<void> {
  return tree.exclusive(async () => {
    requireStanding(tree, seen);
    await rejectResult(tree, seen.pending, rejected);
  });
}

/** Rejects a result within an exclusive change. */
export async function rejectResult(
  tree: GoldenTree,
  result: PendingGolden,
  rejected: Acceptance,
): Promise<void> {
  const { name, result_digest } = result.golden.record;
  const schema = 'aether-golden-rejected/1';
  const item: RejectedGolden = { schema, name, result_digest, rejected, pending: result };
  await new PendingResults(tree).put(slotOf(result), item);
}

/**
 * Undoes a rejection: the result is pending again. A rejection of an older version did not contain the
 * result; it is removed, and the next batch leaves the result pending.
 *
 * @throws AetherError GOLDEN_SUPERSEDED
 */
export function reopenRejected(tree: GoldenTree, seen: RejectedGolden): Promise<'pending' | 'forgotten'> {
  return tree.exclusive(async () => {
    const results = new PendingResults(tree);
    const slot = slotOf(seen);
    const standing = results.read(slot);
    if (standing === undefined || isPending(standing) || standing.result_digest !== seen.result_digest) {
      throw new AetherError('GOLDEN_SUPERSEDED', `the rejection of ${seen.name} no longer exists`);
    }
    if (standing.pending === undefined) await results.remove(slot);
    else await results.put(slot, standing.pending);
    return standing.pending === undefined ? 'forgotten' : 'pending';
  });
}

/** Directory of a pending result once it is accepted. */
export function pendingDirectory(tree: GoldenTree, { directory, golden }: PendingGolden): string {
  return directory === null ? tree.directoryOf(golden.record.name) : join(tree.root, directory);
}

/** True for two equal results: the same bytes, and the same end. */
function isSameResult(a: PendingGolden, b: PendingGolden): boolean {
  return agrees(a.golden.record, b.golden.record);
}

/** A short description of a result, for messages. */
export function resultName({ run, golden }: PendingGolden): string {
  return `run ${run}, result ${golden.record.result_digest.slice(0, 12)}`;
}

function requireStanding(tree: GoldenTree, { pending: seen, golden }: Seen): void {
  const { name } = seen.golden.record;
  const standing = new PendingResults(tree).read(slotOf(seen));
  if (!isPending(standing) || standing.run !== seen.run || !isSameResult(standing, seen)) {
    const now = isPending(standing)
      ? `${resultName(standing)} is pending now`
      : standing === undefined
        ? 'no result is pending any more'
        : 'it has been rejected';
    throw superseded(`the pending result of ${name} changed after it was shown: ${resultName(seen)}; ${now}`);
  }
  if (golden !== undefined && golden !== goldenDigest(tree, pendingDirectory(tree, seen))) {
    throw superseded(`the golden of ${name} changed after it was shown`);
  }
}

function superseded(message: string): AetherError {
  return new AetherError('GOLDEN_SUPERSEDED', `${message}; look again: aether golden review`);
}

/** Result digest of the golden in a directory; null if there is none that can be read. */
export function goldenDigest(tree: GoldenTree, directory: string): Digest | null {
  try {
    return tree.read(directory)?.result_digest ?? null;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return null;
  }
}

/** True if an intact golden already has a result. */
function holds(tree: GoldenTree, directory: string, record: GoldenRecord): boolean {
  try {
    const golden = tree.read(directory);
    if (golden === undefined || !agrees(golden, record)) return false;
    tree.check(directory, golden);
    return true;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
}
