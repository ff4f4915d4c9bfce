import { join } from 'node:path';
import type { DocumentFiles } from '../../base/ports.js';
import type { GoldenTree } from '../tree/golden-tree.js';
import { PendingResults, type PendingProblem } from './pending.js';
import { askedByFiles, unloadedManifests } from '../places/project-references.js';
import { stalePending, type StalePending } from './stale.js';
import type { PendingGolden } from './waiting.js';

/** Pending results, and problems in finding them. */
export interface Awaiting {
  readonly pending: readonly PendingGolden[];
  /** Results for goldens that no manifest of the project requests any more: they are not judged. */
  readonly stale: readonly StalePending[];
  /** Files that cannot be read. */
  readonly problems: readonly PendingProblem[];
}

/**
 * All pending results, compared with the current manifests: those that the tree names, and those beside them.
 */
export async function awaiting(tree: GoldenTree, documents: DocumentFiles): Promise<Awaiting> {
  const results = new PendingResults(tree);
  const { problems } = results.all();
  const pending = results.pending();
  const named = new Set(pending.flatMap(({ golden: { record } }) => record.manifest ?? []));
  const manifests = [...named]
    .map((manifest) => join(tree.root, manifest))
    .filter((file) => documents.kind(file) === 'file');
  const stale = await stalePending(tree, {
    directories: await askedByFiles(tree, manifests, documents),
    manifests,
    unloaded: (recorded) => unloadedManifests(tree, manifests, recorded, documents),
  });
  const isStale = new Set(stale.map((item) => item.pending));
  return { pending: pending.filter((item) => !isStale.has(item)), stale, problems };
}
