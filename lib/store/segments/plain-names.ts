import type { TreeFiles } from '../../base/ports.js';
import { locate } from '../layout.js';

interface Listed {
  readonly mark: string;
  readonly names: Set<string>;
}

/**
 * Names of plain files in the directories of a store, so that a commit does not query the disk for each of
 * its blobs and references. Changes by others are not visible before `renew`.
 */
export class PlainNames {
  readonly #files: TreeFiles;
  readonly #root: string;
  readonly #listed = new Map<string, Listed>();

  constructor(root: string, files: TreeFiles) {
    this.#root = root;
    this.#files = files;
  }

  /** False if there is certainly no plain file at a path, relative to the store. */
  mayHave(path: string): boolean {
    const end = path.lastIndexOf('/');
    const directory = path.slice(0, end);
    if (directory.startsWith('blobs/sha256/') && !this.mayHave(directory)) return false;
    return this.#namesIn(directory).has(path.slice(end + 1));
  }

  /** Records that this process has created a path. */
  note(path: string): void {
    const end = path.lastIndexOf('/');
    this.#listed.get(path.slice(0, end))?.names.add(path.slice(end + 1));
  }

  /** Drops the directories that have changed. */
  renew(): void {
    for (const [directory, { mark }] of this.#listed)
      if (this.#markOf(directory) !== mark) this.#listed.delete(directory);
  }

  #namesIn(directory: string): ReadonlySet<string> {
    const known = this.#listed.get(directory);
    if (known !== undefined) return known.names;
    const mark = this.#markOf(directory);
    const names = new Set(this.#files.list(locate(this.#root, directory)).map(({ name }) => name));
    this.#listed.set(directory, { mark, names });
    return names;
  }

  #markOf(directory: string): string {
    const entry = this.#files.stat(locate(this.#root, directory));
    return entry === undefined ? '' : `${String(entry.ino)} ${String(entry.mtimeMs)}`;
  }
}
