import type { DiskReader } from '../disk-reader.js';
import { EVIDENCE } from '../layout.js';
import { onFile, onFileAsync } from '../system-error.js';

/**
 * Moves a damaged entry at a path of the store to damaged/, where it is kept and never read as a result.
 * Durable on return; returns the new path. The caller must hold the lease.
 */
export async function setAside(reader: DiskReader, path: string): Promise<string> {
  const { files } = reader;
  const at = (place: string): string => reader.path(place);
  const to = onFile('set aside', path, () => {
    files.makeDirectory(at(EVIDENCE));
    const plain = `${EVIDENCE}/${path.replaceAll('/', '-')}`;
    let free = plain;
    for (let turn = 2; files.stat(at(free)) !== undefined; turn += 1) free = `${plain}.${String(turn)}`;
    files.rename(at(path), at(free));
    return free;
  });
  const changed = [EVIDENCE, '', path.slice(0, Math.max(0, path.lastIndexOf('/')))];
  for (const directory of changed) await onFileAsync('sync', directory, () => files.sync(at(directory)));
  return to;
}
