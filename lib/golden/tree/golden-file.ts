import { AetherError, errorCode } from '../../base/errors.js';
import type { TreeFiles } from '../../base/ports.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is not a directory',
  ELOOP: 'it is a symbolic link',
  EFTYPE: 'it is not a regular file',
  ENXIO: 'it is not a regular file',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EROFS: 'the file system is read-only',
};

/** The reason of a file system error as text, with its code. */
function reasonOf(error: unknown): string {
  const code = errorCode(error) ?? (error instanceof Error ? error.message : String(error));
  const words = REASONS[code];
  return words === undefined ? code : `${words} (${code})`;
}

/**
 * The text of a file of a golden; undefined if it is missing.
 *
 * @throws AetherError GOLDEN_DAMAGED when it exists and cannot be read
 */
export function goldenText(files: TreeFiles, path: string): string | undefined {
  return orDamaged(path, () => files.readText(path));
}

/** Runs a step that reads; errors of the file system become GOLDEN_DAMAGED with the path and the reason. */
export function orDamaged<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AetherError || errorCode(error) === undefined) throw error;
    throw new AetherError('GOLDEN_DAMAGED', `${path} cannot be read: ${reasonOf(error)}`, error);
  }
}

/** Runs a step that writes. @throws AetherError GOLDEN_IO for errors of the file system */
export async function orGoldenIo<T>(what: string, write: () => T | Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof AetherError || errorCode(error) === undefined) throw error;
    throw new AetherError('GOLDEN_IO', `cannot ${what}: ${reasonOf(error)}`, error);
  }
}

export function isDamage(error: unknown): error is AetherError {
  return error instanceof AetherError && error.code === 'GOLDEN_DAMAGED';
}

/** True for an error of one place on disk: other places can still be read and written. */
export function isOfOnePlace(error: unknown): error is AetherError {
  return isDamage(error) || (error instanceof AetherError && WRITE_ERRORS.has(error.code));
}

const WRITE_ERRORS: ReadonlySet<string> = new Set(['GOLDEN_IO', 'GOLDEN_FOREIGN_FILE', 'GOLDEN_LOCKED']);
