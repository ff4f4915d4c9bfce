import { dirname, join } from 'node:path';
import { AetherError, errorCode } from '../base/errors.js';
import type { TreeFiles } from '../base/ports.js';

/** Prefix of files on their way; one left by a killed process goes with the next write of its name. */
const TEMP = '.tmp-';

/**
 * Replaces files of one directory, the last one last: temp, fsync, rename, fsync directory. Whoever is killed in between
 * leaves every single file either old or new, and the last one, which vouches for the others by their digests, old.
 *
 * @throws AetherError GOLDEN_IO
 */
export async function replaceFiles(
  files: TreeFiles,
  directory: string,
  texts: readonly (readonly [name: string, text: string])[],
): Promise<void> {
  await attempt(`write to ${directory}`, async () => {
    await files.makeDirectories(directory);
    for (const [name, text] of texts) {
      files.remove(join(directory, TEMP + name));
      files.create(join(directory, TEMP + name), text, 0o644);
    }
    await Promise.all(texts.map(([name]) => files.sync(join(directory, TEMP + name))));
    for (const [name] of texts) files.rename(join(directory, TEMP + name), join(directory, name));
    await files.sync(directory);
  });
}

/** Removes files of one directory, the first one first, so that it no longer vouches for what is half gone. */
export async function removeFiles(
  files: TreeFiles,
  directory: string,
  names: readonly string[],
): Promise<void> {
  await attempt(`remove from ${directory}`, async () => {
    for (const name of names) files.remove(join(directory, name));
    if (files.stat(directory)?.kind === 'directory') await files.sync(directory);
  });
}

/** Removes a directory, unless it still holds something. */
export async function removeIfEmpty(files: TreeFiles, directory: string): Promise<void> {
  await attempt(`remove ${directory}`, async () => {
    if (files.removeDirectory(directory)) await files.sync(dirname(directory));
  });
}

async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new AetherError('GOLDEN_IO', `cannot ${what}: ${code}`, error);
  }
}
