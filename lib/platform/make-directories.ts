import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../base/errors.js';

/**
 * Makes a directory and whatever is missing above it. Node's own recursive mkdir never returns where a directory that
 * exists denies a name with ENOENT, as below /proc.
 *
 * @throws the system's error, which names the path
 */
export function makeDirectories(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) {
    missing.push(at);
  }
  for (const directory of missing.reverse()) make(directory);
  // A link that leads nowhere exists, and is no directory.
  if (!statSync(path).isDirectory()) mkdirSync(path);
}

function make(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
