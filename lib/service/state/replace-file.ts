import { basename, dirname, join } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';

/**
 * Replaces a document a person wrote, such as a manifest: written beside it, made durable, renamed over it. A symlink is followed, so that
 * it stays one.
 *
 * @throws AetherError DOCUMENT_UNWRITABLE; the old text then still stands
 */
export async function replaceFile(path: string, text: string, platform: TreePlatform): Promise<void> {
  const { files, processes } = platform;
  let temp: string | undefined;
  try {
    const real = files.realPath(path);
    temp = join(dirname(real), `.${basename(real)}.${String(processes.self.pid)}.tmp`);
    files.remove(temp);
    files.create(temp, text, 0o644);
    await files.sync(temp);
    files.rename(temp, real);
    await files.sync(dirname(real));
  } catch (error) {
    if (temp !== undefined) {
      try {
        files.remove(temp);
      } catch {
        // The error that brought us here is the one to report.
      }
    }
    const code = errorCode(error) ?? 'unknown error';
    throw new AetherError('DOCUMENT_UNWRITABLE', `${basename(path)} cannot be replaced: ${code}`, error);
  }
}
