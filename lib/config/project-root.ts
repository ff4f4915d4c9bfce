import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { DocumentFiles } from '../base/ports.js';

/** A directory that contains one of these is a project. */
const MARKERS = ['aether.yaml', 'package.json', '.git'] as const;

/** Position of a path relative to a project root. */
export type Reach = 'inside' | 'outside';

/**
 * The directory that contains the documents of a manifest. Paths and symbolic links that lead out of it are
 * not followed.
 */
export class ProjectRoot {
  /** Absolute, without resolving symbolic links. */
  readonly directory: string;
  readonly #files: DocumentFiles;
  #real: string | undefined;

  constructor(directory: string, files: DocumentFiles) {
    this.directory = resolve(directory);
    this.#files = files;
  }

  /** Judges a path by its text alone, without reading the disk. */
  byName(path: string): Reach {
    const whole = resolve(path);
    const real = this.#realDirectory();
    return isBelow(this.directory, whole) || isBelow(real, whole) ? 'inside' : 'outside';
  }

  /**
   * Judges the target of a path after following links; for a path that does not exist, that of its nearest
   * existing directory.
   *
   * @throws the Node error of a path that cannot be followed, such as ELOOP or EACCES
   */
  byLinks(path: string): Reach {
    if (this.byName(path) === 'outside') return 'outside';
    return isBelow(this.#realDirectory(), this.#follow(resolve(path))) ? 'inside' : 'outside';
  }

  #realDirectory(): string {
    this.#real ??= this.#follow(this.directory);
    return this.#real;
  }

  #follow(path: string): string {
    if (this.#files.entry(path) !== 'missing') return this.#files.realPath(path);
    const parent = dirname(path);
    return parent === path ? path : join(this.#follow(parent), basename(path));
  }
}

/**
 * The project of a manifest: the nearest parent directory that contains `aether.yaml`, `package.json` or
 * `.git`; without one, the parent of the manifest's directory.
 */
export function projectOf(manifest: string, files: DocumentFiles): ProjectRoot {
  const own = dirname(resolve(manifest));
  for (let directory = own; ; directory = dirname(directory)) {
    if (MARKERS.some((marker) => isThere(join(directory, marker), files)))
      return new ProjectRoot(directory, files);
    if (dirname(directory) === directory) return new ProjectRoot(dirname(own), files);
  }
}

function isThere(path: string, files: DocumentFiles): boolean {
  try {
    return files.entry(path) !== 'missing';
  } catch {
    return false;
  }
}

function isBelow(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
