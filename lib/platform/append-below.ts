import * as fs from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../base/errors.js';
import { requireRegularFile } from './document-files.js';

// Without O_NONBLOCK, opening a pipe waits for a reader indefinitely. Neither flag exists on Windows.
const APPEND_FLAGS =
  fs.constants.O_WRONLY |
  fs.constants.O_APPEND |
  fs.constants.O_CREAT |
  (fs.constants.O_NOFOLLOW ?? 0) |
  (fs.constants.O_NONBLOCK ?? 0);

/** A file open for appending text. */
export interface AppendedFile {
  append(text: string): void;
  close(): void;
}

/**
 * Opens a regular file below a directory for appending and creates directories on the path. Nothing outside
 * the directory is opened: no component of the path may be a symbolic link, and a file with more than one
 * hard link is refused.
 *
 * @param path named components, separated by slashes
 * @throws the Node error: ELOOP for a symbolic link, ENOTDIR and EFTYPE for what is not a directory or a
 * regular file, EMLINK for a second hard link
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
    // The directories may have been replaced since they were checked.
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

/** Creates the directory unless it exists; a symbolic link is refused. */
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
