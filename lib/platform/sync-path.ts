import * as fs from 'node:fs';
import { errorCode } from '../base/errors.js';

/**
 * Errors of file systems that cannot sync a directory: network and FUSE file systems (EINVAL, ENOTSUP,
 * ENOSYS), Windows (EPERM, EISDIR, EBADF), and a directory that may be written but not read (EACCES).
 */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'EINVAL',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EPERM',
  'EISDIR',
  'EBADF',
  'EACCES',
]);

// Without O_NONBLOCK, opening a pipe waits for a writer indefinitely. Neither flag exists on Windows.
const FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

/** Implements `TreeFiles.sync`; false for a directory on a file system that does not sync directories. */
export async function syncPath(path: string): Promise<boolean> {
  try {
    await syncAny(path);
    return true;
  } catch (error) {
    if (!UNSUPPORTED.has(errorCode(error) ?? '') || !isDirectory(path)) throw error;
    return false;
  }
}

/**
 * Callbacks instead of FileHandles: publishing a run syncs a dozen times, and handles cost several times
 * more.
 */
function syncAny(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.open(path, FLAGS, (openError, fd) => {
      if (openError !== null) {
        reject(openError);
        return;
      }
      fs.fsync(fd, (syncError) => {
        fs.close(fd, (closeError) => {
          const error = syncError ?? closeError;
          if (error === null || error === undefined) resolve();
          else reject(error);
        });
      });
    });
  });
}

function isDirectory(path: string): boolean {
  return fs.lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
