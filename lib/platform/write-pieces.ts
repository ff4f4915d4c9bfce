import { mkdirSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../base/errors.js';
import { syncPath } from './sync-path.js';

/**
 * Writes a stream of bytes to a file that is complete and durable once it exists: temporary file beside it,
 * fsync, rename, fsync of the directory. Replaces an existing file, unless `check` throws just before; leaves
 * no temporary file behind if the stream fails.
 */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  check: () => void = () => undefined,
): Promise<void> {
  const { temp, file } = await openTemp(dirname(path));
  try {
    try {
      for await (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    check();
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncPath(dirname(path));
}

/** Creates a directory with an unused name, to be renamed when it is complete. */
export function makeTempDirectory(parent: string): string {
  for (let n = 0; ; n++) {
    const path = tempName(parent, n);
    try {
      mkdirSync(path);
      return path;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

async function openTemp(parent: string): Promise<{ readonly temp: string; readonly file: FileHandle }> {
  for (let n = 0; ; n++) {
    const temp = tempName(parent, n);
    try {
      return { temp, file: await open(temp, 'wx') };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Short, so that every file system that allows the final name allows this one. */
function tempName(parent: string, n: number): string {
  return join(parent, `.aether-${String(process.pid)}-${String(n)}.part`);
}
