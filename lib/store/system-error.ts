import { AetherError, errorCode, InvariantError } from '../base/errors.js';

const CODES: Readonly<Record<string, readonly [code: string, text: string]>> = {
  ENOSPC: ['STORE_FULL', 'no space left'],
  EDQUOT: ['STORE_FULL', 'disk quota exceeded'],
  EROFS: ['STORE_READ_ONLY', 'the file system is read-only'],
  EACCES: ['STORE_READ_ONLY', 'permission denied'],
  EPERM: ['STORE_READ_ONLY', 'operation not permitted'],
  EMFILE: ['STORE_TOO_MANY_FILES', 'too many open files in this process'],
  ENFILE: ['STORE_TOO_MANY_FILES', 'too many open files on this machine'],
  ELOOP: ['STORE_SYMLINK', 'a symbolic link is in the place of a file of the store'],
  EISDIR: ['STORE_IO', 'it is a directory'],
  EFTYPE: ['STORE_IO', 'it is not a regular file'],
  ENXIO: ['STORE_IO', 'it is not a regular file'],
};

/**
 * Converts an error of the file system to an environment error with a stable code. `path` is relative to the
 * store. AetherErrors and bugs pass through unchanged.
 */
export function storeError(error: unknown, action: string, path: string): Error {
  if (error instanceof AetherError || error instanceof InvariantError) return error;
  const [code] = meaningOf(error);
  return new AetherError(code, `cannot ${action} ${path}: ${reasonOf(error)}`, error);
}

/** The reason of a file system error, with its code. */
export function reasonOf(error: unknown): string {
  const thrown = error instanceof AetherError ? error.cause : error;
  return `${meaningOf(thrown)[1]} (${errorCode(thrown) ?? describe(thrown)})`;
}

function meaningOf(error: unknown): readonly [code: string, text: string] {
  return CODES[errorCode(error) ?? ''] ?? ['STORE_IO', 'input/output failed'];
}

const UNREADABLE: ReadonlySet<string> = new Set(['STORE_IO', 'STORE_READ_ONLY', 'STORE_SYMLINK']);

/** True for a store error about one place in the tree; other places can still be read. */
export function isUnreadable(error: unknown): error is AetherError {
  return error instanceof AetherError && UNREADABLE.has(error.code);
}

/** True if a disk has no room left, for bytes or for inodes. */
export function isFull(error: unknown): boolean {
  return CODES[errorCode(error) ?? '']?.[0] === 'STORE_FULL';
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const OTHER_KIND: ReadonlySet<string> = new Set(['EISDIR', 'EFTYPE', 'ENXIO']);

/** True for an error caused by a directory, pipe or device in the place of a file. */
export function isOtherKind(error: unknown): boolean {
  return OTHER_KIND.has(errorCode(error) ?? '');
}

/** Runs a step on a file of the store; converts its errors to store errors. */
export function onFile<T>(action: string, path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw storeError(error, action, path);
  }
}

/** `onFile` for asynchronous steps. */
export async function onFileAsync<T>(action: string, path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw storeError(error, action, path);
  }
}
