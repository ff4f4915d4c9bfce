import type { TreeFiles } from '../../base/ports.js';
import { locate, relative } from '../layout.js';
import { isFull } from '../system-error.js';

/**
 * Makes a file that says something by its name alone: a full disk must not keep gc from making room, nor must one
 * without inodes, where it is a second name of store.json. Throws the error of the file system.
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
