import { byCodeUnit } from '../../base/code-units.js';
import { join } from 'node:path';
import type { TreeFiles, TreeName } from '../../base/ports.js';
import { elsewhere, portablePath } from './elsewhere.js';
import { RECORD } from '../tree/former-files.js';
import { isDamage, orDamaged } from '../tree/golden-file.js';

/** A directory that contains a golden.json, or cannot be read. */
export interface GoldenDirectory {
  /** Its path from the root, with `/`: the run name, unless a manifest sets another. */
  readonly name: string;
  readonly directory: string;
  /** Why it cannot be read; null if it can. */
  readonly problem: string | null;
}

/** Maximum nesting that is searched: a golden is at most a few directories below its root. */
const DEPTH = 8;

/** Finds the goldens below a root at any depth, and those listed elsewhere, ascending by name. */
export function directoriesBelow(files: TreeFiles, root: string): readonly GoldenDirectory[] {
  const found: GoldenDirectory[] = [];
  collect(files, root, { root, depth: 0 }, found);
  for (const directory of remembered(files, root, found)) {
    if (files.stat(join(directory, RECORD)) === undefined) continue;
    found.push({ name: portablePath(root, directory), directory, problem: null });
  }
  return found.sort((a, b) => byCodeUnit(a.name, b.name));
}

function remembered(files: TreeFiles, root: string, found: GoldenDirectory[]): readonly string[] {
  try {
    return elsewhere(files, root);
  } catch (error) {
    if (!isDamage(error)) throw error;
    found.push({ name: '.elsewhere', directory: root, problem: error.message });
    return [];
  }
}

function collect(
  files: TreeFiles,
  directory: string,
  { root, depth }: { readonly root: string; readonly depth: number },
  found: GoldenDirectory[],
): void {
  const name = directory === root ? '.' : portablePath(root, directory);
  let entries: readonly TreeName[];
  try {
    entries = orDamaged(directory, () => files.list(directory));
  } catch (error) {
    if (!isDamage(error)) throw error;
    found.push({ name, directory, problem: error.message });
    return;
  }
  if (depth > 0 && entries.some((entry) => entry.name === RECORD))
    found.push({ name, directory, problem: null });
  if (depth >= DEPTH) return;
  for (const entry of entries) {
    if (entry.kind === 'directory' && !entry.name.startsWith('.') && entry.name !== 'node_modules') {
      collect(files, join(directory, entry.name), { root, depth: depth + 1 }, found);
    }
  }
}
