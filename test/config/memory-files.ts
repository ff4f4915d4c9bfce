import { resolve } from 'node:path';
import type { DocumentFiles, EntryKind } from '../../lib/base/ports.js';

/** Documents in memory; a null entry is a directory. */
export function memoryFiles(entries: Readonly<Record<string, string | Uint8Array | null>>): DocumentFiles {
  const bytesOf = (path: string): Uint8Array => {
    const entry = Object.hasOwn(entries, path) ? entries[path] : undefined;
    if (entry === undefined || entry === null) throw new Error(`no file ${path}`);
    return typeof entry === 'string' ? Buffer.from(entry) : entry;
  };
  const kind = (path: string): EntryKind =>
    !Object.hasOwn(entries, path) ? 'missing' : entries[path] === null ? 'directory' : 'file';
  return {
    kind,
    entry: kind,
    realPath: (path) => resolve(path),
    size: (path) => bytesOf(path).length,
    read: bytesOf,
  };
}
