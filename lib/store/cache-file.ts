import type { Processes, TreeFiles } from '../base/ports.js';
import { locate } from './layout.js';
import { newTemp } from './sharing/process-tag.js';

/**
 * Replaces a file in `cache/`: complete for every reader, but not durable, because it can be made again.
 *
 * @param path relative to the store
 * @throws Error of the file system
 */
export function replaceCacheFile(
  {
    root,
    files,
    processes,
  }: { readonly root: string; readonly files: TreeFiles; readonly processes: Processes },
  path: string,
  content: Uint8Array | string,
): void {
  const temp = locate(root, newTemp(processes));
  files.create(temp, content, 0o644);
  files.rename(temp, locate(root, path));
}
