import { errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';

/** Number of attempts to make names durable before the disk counts as broken. */
const ATTEMPTS = 3;
const PAUSE_MS = 50;

/** Syncs a directory, repeatedly if necessary; the code of the error if the disk does not confirm it. */
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
