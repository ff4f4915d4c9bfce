import { dirname, resolve } from 'node:path';
import { sha256 } from '../../base/digest.js';
import type { DocumentFiles, EntryKind } from '../../base/ports.js';

/** Content of a path that cannot be read. */
const NOTHING = 'nothing';

/** Reads documents and records their content, to detect later changes. */
export class ReadDocuments implements DocumentFiles {
  readonly #files: DocumentFiles;
  /** Digest of the content by absolute path. */
  readonly #held = new Map<string, string>();

  constructor(files: DocumentFiles) {
    this.#files = files;
  }

  kind(path: string): EntryKind {
    const kind = this.#files.kind(path);
    if (kind !== 'file') this.#held.set(resolve(path), NOTHING);
    return kind;
  }

  entry(path: string): EntryKind {
    return this.#files.entry(path);
  }

  realPath(path: string): string {
    return this.#files.realPath(path);
  }

  size(path: string): number {
    return this.#files.size(path);
  }

  read(path: string): Uint8Array {
    const bytes = this.#files.read(path);
    this.#held.set(resolve(path), sha256(bytes));
    return bytes;
  }

  /** Records files that are needed, whether they are read or not. */
  note(paths: readonly string[]): void {
    for (const path of paths) {
      const whole = resolve(path);
      if (!this.#held.has(whole)) this.#held.set(whole, this.#holds(whole));
    }
  }

  /** Absolute paths of all read or needed files. */
  paths(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Directories of all read or needed files. */
  directories(): readonly string[] {
    return [...new Set([...this.#held.keys()].map((path) => dirname(path)))].sort();
  }

  /** Absolute paths with changed content, ascending. */
  changed(): readonly string[] {
    return [...this.#held]
      .filter(([path, held]) => this.#holds(path) !== held)
      .map(([path]) => path)
      .sort();
  }

  #holds(path: string): string {
    try {
      return this.#files.kind(path) === 'file' ? sha256(this.#files.read(path)) : NOTHING;
    } catch {
      return NOTHING;
    }
  }
}
