import { dirname, resolve } from 'node:path';
import type { TreeFiles } from '../base/ports.js';

/**
 * Implements `TreeFiles.makeDirectories` with the other methods. Each directory is synced into its parent
 * before anything is created in it, so that after a crash only the name of the deepest one can be missing on
 * disk: that one is synced even if it existed.
 */
export async function makeDurableDirectories(
  path: string,
  files: Pick<TreeFiles, 'stat' | 'realPath' | 'makeDirectory' | 'sync'>,
): Promise<void> {
  const missing: string[] = [];
  let deepest = resolve(path);
  for (; files.stat(deepest) === undefined; deepest = dirname(deepest)) missing.push(deepest);
  await files.sync(files.realPath(dirname(deepest)));
  for (const directory of missing.reverse()) {
    files.makeDirectory(directory);
    await files.sync(files.realPath(dirname(directory)));
  }
}
