import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import type { DocumentFiles, EntryKind } from '../base/ports.js';

// Without O_NONBLOCK, opening a pipe waits for a writer indefinitely. The flag does not exist on Windows.
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Kind of an entry from its stats. */
export function kindOf(stats: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'other';
}

/** Throws EISDIR for a directory and EFTYPE (the BSD name) for anything else that is not a regular file. */
export function requireRegularFile(fd: number, path: string): void {
  const stats = fstatSync(fd);
  if (stats.isFile()) return;
  const code = stats.isDirectory() ? 'EISDIR' : 'EFTYPE';
  throw Object.assign(new Error(`${code}: not a regular file, open '${path}'`), { code });
}

/** Documents on the local disk. */
export const nodeDocumentFiles: DocumentFiles = {
  kind(path) {
    const followed = statSync(path, { throwIfNoEntry: false });
    return followed === undefined ? entry(path) : kindOf(followed);
  },
  entry,
  realPath: (path) => realpathSync(path),
  size: (path) => statSync(path).size,
  read(path) {
    const fd = openSync(path, READ_FLAGS);
    try {
      requireRegularFile(fd, path);
      return readFileSync(fd);
    } finally {
      closeSync(fd);
    }
  },
};

function entry(path: string): EntryKind {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'missing' : kindOf(stats);
}
