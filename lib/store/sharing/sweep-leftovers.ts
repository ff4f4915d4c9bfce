import type { DiskReader } from '../disk-reader.js';
import { locate } from '../layout.js';
import { LOCK_ROLES, type LockDirectory } from './lock-directory.js';
import { FORMAT_TEMP } from '../store-format.js';
import { ownerOf } from './process-tag.js';
import { onFile } from '../system-error.js';

/** Removes files of ended processes in tmp/ and locks/; returns their number. */
export function sweepLeftovers(reader: DiskReader, locks: LockDirectory): number {
  for (const role of LOCK_ROLES) locks.living(role);
  const verdicts = new Map<string, boolean>();
  const isLeftover = (name: string): boolean => {
    const owner = ownerOf(name);
    if (owner === undefined) return false;
    const key = JSON.stringify(owner);
    const verdict = verdicts.get(key) ?? !locks.mayUse(name);
    verdicts.set(key, verdict);
    return verdict;
  };
  let swept = 0;
  const sweep = (directory: string, prefix: string): void => {
    for (const { name } of onFile('list', directory, () => reader.files.list(reader.path(directory)))) {
      if (!name.startsWith(prefix) || !isLeftover(name.slice(prefix.length))) continue;
      const path = directory === '' ? name : `${directory}/${name}`;
      if (onFile('remove', path, () => reader.files.remove(locate(reader.root, path)))) swept += 1;
    }
  };
  sweep('tmp', '');
  sweep('', FORMAT_TEMP);
  return swept;
}
