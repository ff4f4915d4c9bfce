import { dirname, join, relative, resolve, sep, isAbsolute } from 'node:path';
import type { TreeFiles } from '../base/ports.js';
import { goldenText } from './golden-file.js';
import { replaceFiles, type Writing } from './replace-files.js';

/** Names the goldens outside the root, one directory a line, relative to the root. Committed with the goldens. */
const INDEX = '.elsewhere';
const HEAD = '# Goldens that manifests keep outside this directory.\n';

/** A path as goldens write it down: relative to their root, with `/`, so that it means the same in every checkout. */
export function portablePath(root: string, path: string): string {
  const way = relative(root, path);
  return isAbsolute(way) ? path : way.split(sep).join('/');
}

/** True for a directory below another one, as their paths are written. */
export function isBelow(root: string, directory: string): boolean {
  const way = relative(resolve(root), resolve(directory));
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * The directories that the root remembers outside itself. A line that leads out of the directory around the root is
 * passed over: what is committed there never makes this tool look at, or remove, files of others.
 *
 * @throws AetherError GOLDEN_DAMAGED
 */
export function elsewhere(files: TreeFiles, root: string): readonly string[] {
  const text = goldenText(files, join(root, INDEX)) ?? '';
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith('../'));
  return lines
    .map((line) => join(root, line))
    .filter((directory) => isBelow(dirname(resolve(root)), directory));
}

/** Adds a directory outside the root to those remembered. */
export async function rememberElsewhere(
  places: Writing & { readonly root: string },
  directory: string,
): Promise<void> {
  const { files, root } = places;
  const path = portablePath(root, directory);
  const known = new Set(elsewhere(files, root).map((place) => portablePath(root, place)));
  const isNear = isBelow(dirname(resolve(root)), directory);
  if (!isNear || known.has(path) || /[\r\n]/.test(path)) return;
  const lines = [...known, path].sort();
  await replaceFiles(places, root, [[INDEX, `${HEAD}${lines.join('\n')}\n`]]);
}
