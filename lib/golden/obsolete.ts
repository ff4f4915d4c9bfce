import { join } from 'node:path';
import { AetherError } from '../base/errors.js';
import type { GoldenTree } from './golden-tree.js';
import { portablePath } from './judge.js';

/** A golden that nothing asks for. */
export interface ObsoleteGolden {
  readonly name: string;
  readonly directory: string;
  readonly why: string;
}

/** What the loaded manifests ask for. */
export interface References {
  /** Directories of goldens that some run of them is compared with. */
  readonly directories: ReadonlySet<string>;
  /** The manifest files loaded. */
  readonly manifests: readonly string[];
}

/**
 * Goldens that no run is compared with any more. One that belongs to a manifest which is not loaded is not judged; one
 * whose manifest is gone is obsolete.
 */
export function obsoleteGoldens(
  tree: GoldenTree,
  { directories, manifests }: References,
): readonly ObsoleteGolden[] {
  const loaded = new Set(manifests.map((file) => portablePath(tree.root, file)));
  const list: ObsoleteGolden[] = [];
  for (const { name, directory } of tree.directories()) {
    if (directories.has(directory)) continue;
    const manifest = manifestOf(tree, directory);
    const isThere = manifest !== null && tree.files.stat(join(tree.root, manifest)) !== undefined;
    if (manifest !== null && isThere && !loaded.has(manifest)) continue;
    const why =
      manifest === null
        ? 'no manifest asks for it'
        : isThere
          ? `${manifest} no longer asks for it`
          : `its manifest ${manifest} is gone`;
    list.push({ name, directory, why });
  }
  return list;
}

function manifestOf(tree: GoldenTree, directory: string): string | null {
  try {
    return tree.read(directory)?.manifest ?? null;
  } catch (error) {
    if (error instanceof AetherError && error.code === 'GOLDEN_DAMAGED') return null;
    throw error;
  }
}
