import type { Digest } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import type { GoldenRecord } from './golden-record.js';
import type { GoldenTree } from './golden-tree.js';
import { PendingShelf } from './pending.js';

/**
 * What goldens and pending results rely on in a store, for its gc to keep: result digests, and the chunks of artefacts
 * too large for files. Damaged goldens hold nothing back.
 */
export function keptDigests(tree: GoldenTree): ReadonlySet<Digest> {
  const digests = new Set<Digest>();
  const add = ({ result_digest, artefacts }: GoldenRecord): void => {
    digests.add(result_digest);
    for (const { chunks } of artefacts) for (const { digest } of chunks) digests.add(digest);
  };
  for (const { directory } of tree.directories()) {
    const golden = readable(tree, directory);
    if (golden !== undefined) add(golden);
  }
  for (const { golden } of new PendingShelf(tree).pending()) add(golden.record);
  return digests;
}

function readable(tree: GoldenTree, directory: string): GoldenRecord | undefined {
  try {
    return tree.read(directory);
  } catch (error) {
    if (error instanceof AetherError && error.code === 'GOLDEN_DAMAGED') return undefined;
    throw error;
  }
}
