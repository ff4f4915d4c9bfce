import type { TreeFiles } from '../../base/ports.js';
import { locate, relative } from '../layout.js';
import { isFull } from '../system-error.js';

/**
 * Creates an empty file whose name is the information: a full disk must not prevent gc from making room, nor
 * must a lack of inodes, in which case the file is a hard link of store.json. Throws the error of the file
 * system.
 */
export function createEmpty(files: TreeFiles, root: string, path: string): void {
  try {
    files.create(locate(root, path), '', 0o644);
  } catch (error) {
    if (!isFull(error)) throw error;
    try {
      files.link(locate(root, relative.format), locate(root, path));
    } catch {
      throw error;
    }
  }
}
