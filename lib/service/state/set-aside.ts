import { basename, join, relative } from 'node:path';
import type { TreeFiles } from '../../base/ports.js';

/** Directory of damaged entries of the state. */
const DAMAGED = 'damaged';

/**
 * Moves an entry of a state directory to `damaged/`, under an unused name.
 *
 * @returns its new path, relative to the root
 * @throws the error of the system when it cannot be moved
 */
export function setAside(root: string, path: string, files: TreeFiles): string {
  const directory = join(root, DAMAGED);
  const { kind } = files.stat(directory) ?? {};
  if (kind !== undefined && kind !== 'directory') files.rename(directory, join(root, `${DAMAGED}-${kind}`));
  files.makeDirectory(directory);
  const name = relative(root, path).replaceAll(/[\\/]/g, '-') || basename(path);
  const taken = new Set(files.list(directory).map((entry) => entry.name));
  let count = 1;
  while (taken.has(`${name}.${String(count)}`)) count++;
  const kept = `${DAMAGED}/${name}.${String(count)}`;
  files.rename(path, join(root, kept));
  return kept;
}
