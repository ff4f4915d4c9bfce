import * as fs from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../base/errors.js';
import { requireRegularFile } from './document-files.js';

// Without O_NONBLOCK, opening a pipe waits for a reader that never comes. Neither flag exists on Windows.
const APPEND_FLAGS =
  fs.constants.O_WRONLY |
  fs.constants.O_APPEND |
  fs.constants.O_CREAT |
  (fs.constants.O_NOFOLLOW ?? 0) |
  (fs.constants.O_NONBLOCK ?? 0);

/** A file that takes text at its end. */
export interface AppendedFile {
  append(text: string): void;
  close(): void;
}

/**
 * Opens a regular file below a directory for appending; directories on the way are created. Nothing outside the directory is
 * opened, whatever links lie there: no step of the path may be one, and a file with a second name elsewhere is refused.
 *
 * @param path steps with names, separated by slashes
 * @throws the Node error met: ELOOP for a link, ENOTDIR and EFTYPE for what is no directory and no file, EMLINK for a second name
 */
export function appendBelow(directory: string, path: string): AppendedFile {
  const steps = path.split('/');
  if (steps.some((step) => step === '' || step === '.' || step === '..')) throw refusal('EINVAL', path);
  let parent = directory;
  requireDirectory(parent);
  for (const step of steps.slice(0, -1)) requireDirectory((parent = join(parent, step)));
  const file = join(directory, ...steps);
  const fd = fs.openSync(file, APPEND_FLAGS, 0o666);
  try {
    requireRegularFile(fd, file);
    if (fs.fstatSync(fd).nlink > 1) throw refusal('EMLINK', file);
    // The directories may have been replaced since they were looked at.
    if (fs.realpathSync(parent) !== join(fs.realpathSync(directory), ...steps.slice(0, -1)))
      throw refusal('ELOOP', parent);
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
  return {
    append: (text) => {
      fs.writeSync(fd, text);
    },
    close: () => {
      fs.closeSync(fd);
    },
  };
}

/** Creates the directory unless it is there; a link to one is refused. */
function requireDirectory(path: string): void {
  try {
    fs.mkdirSync(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const stats = fs.lstatSync(path);
  if (stats.isSymbolicLink()) throw refusal('ELOOP', path);
  if (!stats.isDirectory()) throw refusal('ENOTDIR', path);
}

const MEANINGS = {
  ELOOP: 'symbolic links are not followed',
  ENOTDIR: 'not a directory',
  EMLINK: 'the file has more than one hard link',
  EINVAL: 'the path has an empty component',
} as const;

function refusal(code: keyof typeof MEANINGS, path: string): Error {
  return Object.assign(new Error(`${code}: ${MEANINGS[code]}, open '${path}'`), { code });
}
