import { dirname, join, relative, resolve, sep, isAbsolute } from 'node:path';
import type { TreeFiles } from '../../base/ports.js';
import { goldenText } from '../tree/golden-file.js';
import { replaceFiles, type Writing } from '../tree/replace-files.js';

/**
 * Lists the goldens outside the root, one directory per line, relative to the root. Committed with the
 * goldens.
 */
const INDEX = '.elsewhere';
const HEAD = '# Goldens that manifests keep outside this directory.\n';

/**
 * A path in the form of goldens: relative to their root, with `/`, so that it is the same in every checkout.
 */
export function portablePath(root: string, path: string): string {
  const way = relative(root, path);
  return isAbsolute(way) ? path : way.split(sep).join('/');
}

/** True for a directory inside another one, judged by their paths. */
export function isBelow(root: string, directory: string): boolean {
  const way = relative(resolve(root), resolve(directory));
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * The listed directories outside the root. A line that leads out of the parent directory of the root is
 * skipped: a committed file must never make this tool read or remove files of others.
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

/** Adds a directory outside the root to the list. */
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
