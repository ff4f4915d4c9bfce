import type { Digest } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import type { GoldenRecord } from './golden-record.js';
import type { GoldenTree } from './golden-tree.js';
import { PendingShelf } from './pending.js';

export interface KeptDigests {
  /** Result digests, and the chunks of artefacts too large for files. */
  readonly digests: ReadonlySet<Digest>;
  /** Directories of goldens that do not say what they rely on, by name. */
  readonly damaged: readonly string[];
}

/** What goldens and pending results rely on in a store, for its gc to keep. */
export function keptDigests(tree: GoldenTree): KeptDigests {
  const damaged: string[] = [];
  const digests = new Set<Digest>();
  const add = ({ result_digest, artefacts }: GoldenRecord): void => {
    digests.add(result_digest);
    for (const { chunks } of artefacts) for (const { digest } of chunks) digests.add(digest);
  };
  for (const { directory } of tree.directories()) {
    try {
      const golden = tree.read(directory);
      if (golden !== undefined) add(golden);
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'GOLDEN_DAMAGED') throw error;
      damaged.push(directory);
    }
  }
  for (const { golden } of new PendingShelf(tree).pending()) add(golden.record);
  return { digests, damaged };
}
