import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncPath } from './sync-path.js';

/**
 * Writes a stream of bytes to a file that is complete and durable once it is there: temp beside it, fsync, rename,
 * fsync of the directory. Replaces an existing file; leaves no temp behind when the stream fails.
 */
export async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const temp = `${path}.${String(process.pid)}.part`;
  const file = await open(temp, 'w');
  try {
    try {
      for await (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncPath(dirname(path));
}
