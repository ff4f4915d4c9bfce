import type { Digest } from '../../base/digest.js';
import { isDamage } from '../tree/golden-file.js';
import type { GoldenRecord } from '../tree/golden-record.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { PendingResults } from '../pending/pending.js';
import { isPending } from '../pending/waiting.js';

export interface KeptDigests {
  /** Result digests, and the chunks of artefacts that are too large for files. */
  readonly digests: ReadonlySet<Digest>;
  /** Goldens and pending results whose digests cannot be read, each with the reason. */
  readonly damaged: readonly string[];
}

/**
 * The digests that goldens and pending results need in a store, so that its gc keeps them.
 *
 * @param asked directories of goldens that manifests request, in addition to those that the tree finds itself
 */
export function keptDigests(tree: GoldenTree, asked: Iterable<string> = []): KeptDigests {
  const damaged: string[] = [];
  const digests = new Set<Digest>();
  const add = ({ result_digest, artefacts }: GoldenRecord): void => {
    digests.add(result_digest);
    for (const { chunks } of artefacts) for (const { digest } of chunks) digests.add(digest);
  };
  const directories = new Map<string, string>();
  for (const { directory, problem } of tree.directories()) {
    if (problem !== null) damaged.push(problem);
    else directories.set(tree.identityOf(directory), directory);
  }
  for (const directory of asked) directories.set(tree.identityOf(directory), directory);
  for (const directory of directories.values()) {
    try {
      const golden = tree.read(directory);
      if (golden !== undefined) add(golden);
    } catch (error) {
      if (!isDamage(error)) throw error;
      damaged.push(error.message);
    }
  }
  const { items, problems } = new PendingResults(tree).all();
  for (const item of items) {
    const pending = isPending(item) ? item : item.pending;
    if (pending !== undefined) add(pending.golden.record);
  }
  return { digests, damaged: [...damaged, ...problems.map(({ message }) => message)] };
}
