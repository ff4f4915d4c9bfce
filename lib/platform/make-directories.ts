import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../base/errors.js';

/**
 * Creates a directory and all missing parents. The recursive mkdir of Node never returns if an existing
 * directory denies a name with ENOENT, as below /proc.
 *
 * @throws the error of the system, with the path
 */
export function makeDirectories(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) {
    missing.push(at);
  }
  for (const directory of missing.reverse()) make(directory);
  // A dangling symbolic link exists, and is not a directory.
  if (!statSync(path).isDirectory()) mkdirSync(path);
}

function make(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
