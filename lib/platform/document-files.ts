import { lstatSync, readFileSync, statSync, type Stats } from 'node:fs';
import type { DocumentFiles, EntryKind } from '../base/ports.js';

/** Kind of an entry from its stats. */
export function kindOf(stats: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'other';
}

/** Documents on the local disk. */
export const nodeDocumentFiles: DocumentFiles = {
  kind(path) {
    const followed = statSync(path, { throwIfNoEntry: false });
    if (followed !== undefined) return kindOf(followed);
    return lstatSync(path, { throwIfNoEntry: false }) === undefined ? 'missing' : 'symlink';
  },
  size: (path) => statSync(path).size,
  read: (path) => readFileSync(path),
};
