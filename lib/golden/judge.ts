import { isAbsolute, join, relative, sep } from 'node:path';
import type { Acceptance } from './golden-record.js';
import type { GoldenTree } from './golden-tree.js';
import { PendingShelf, type PendingGolden } from './pending.js';

/** Makes a pending result the golden. The pending result goes last: a judgement that is cut short can be given again. */
export async function acceptPending(
  tree: GoldenTree,
  pending: PendingGolden,
  accepted: Acceptance,
): Promise<void> {
  const { record, files } = pending.golden;
  await tree.write(pendingDirectory(tree, pending), { record: { ...record, accepted }, files });
  await new PendingShelf(tree).remove(record.name);
}

/** Remembers that a result was judged to be wrong; the golden stays as it is. */
export async function rejectPending(
  tree: GoldenTree,
  pending: PendingGolden,
  rejected: Acceptance,
): Promise<void> {
  const { name, result_digest } = pending.golden.record;
  const item = { schema: 'aether-golden-rejected/1', name, result_digest, rejected } as const;
  await new PendingShelf(tree).put(name, item);
}

/** Where a pending result goes when accepted. */
export function pendingDirectory(tree: GoldenTree, { directory, golden }: PendingGolden): string {
  return directory === null ? tree.directoryOf(golden.record.name) : join(tree.root, directory);
}

/** A path as goldens write it down: relative to their root, with `/`, so that it means the same in every checkout. */
export function portablePath(root: string, path: string): string {
  const way = relative(root, path);
  return isAbsolute(way) ? path : way.split(sep).join('/');
}
