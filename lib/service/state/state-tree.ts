import { dirname } from 'node:path';
import { errorCode } from '../../base/errors.js';
import type { TreeFiles, TreePlatform } from '../../base/ports.js';

/** Attempts to make names durable before the disk counts as broken. */
const ATTEMPTS = 3;
const PAUSE_MS = 50;

/**
 * Makes a directory and what is missing above it; the names of all of them are durable when it resolves. The directory above is synced even
 * when nothing was made: an earlier service may have been stopped before it came to that.
 */
export async function makeDurableTree(path: string, files: TreeFiles): Promise<void> {
  const parent = dirname(path);
  if (parent === path) return;
  const isMissing = files.stat(path) === undefined;
  if (isMissing) {
    if (files.stat(parent) === undefined) await makeDurableTree(parent, files);
    files.makeDirectory(path);
  }
  await files.sync(parent).catch((error: unknown) => {
    // A directory that may be searched but not read, such as a home of another user, cannot be synced.
    if (isMissing || errorCode(error) !== 'EACCES') throw error;
  });
}

/** Syncs a directory, again if need be; the code of the error when the disk does not take it. */
export async function syncSurely(
  directory: string,
  { files, processes }: TreePlatform,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      await files.sync(directory);
      return undefined;
    } catch (error) {
      if (attempt === ATTEMPTS) return errorCode(error) ?? 'unknown error';
      await processes.pause(PAUSE_MS * attempt);
    }
  }
}
