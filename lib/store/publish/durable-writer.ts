import { dirname } from 'node:path';
import { errorCode } from '../../base/errors.js';
import type { TreeFiles, TreePlatform } from '../../base/ports.js';
import { boundedEach } from './bounded-each.js';
import { locate } from '../layout.js';
import { newTemp } from '../sharing/process-tag.js';
import { storeError } from '../system-error.js';

/** Maximum of concurrent syncs; each holds one descriptor, so this bounds the open files of publishing. */
export const SYNC_LANES = 16;

/** How to treat an existing file at the name of a new one. */
type OnTaken = 'replace' | 'keep';

/** A small file, written as a whole. Blobs with separate files are made durable in place-blobs.ts; commit-group.ts has the order. */
export interface SmallFile {
  /** Path relative to the store. */
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly mode: number;
  /**
   * Present for a file that must be new: its name is taken atomically, which fails if the name exists, even
   * if it was created after the check of the caller. Called in that case; to refuse, return `keep` and record
   * the failure. Absent: an existing file is replaced.
   */
  readonly onTaken?: () => OnTaken;
  /**
   * Called if this file, or its directory, did not become durable. Others continue. `placed`: the file
   * exists, only its name may not survive a power failure.
   */
  readonly fail: (error: Error, placed: boolean) => void;
}

interface Pending {
  readonly file: SmallFile;
  readonly temp: string;
}

/**
 * Writes small files so that readers see either the old or the new content, and each is durable once `write`
 * resolves.
 */
export class DurableWriter {
  readonly #root: string;
  readonly #platform: TreePlatform;

  constructor(root: string, platform: TreePlatform) {
    this.#root = root;
    this.#platform = platform;
  }

  /**
   * Temporary file, sync, rename, in the given order (the last of several writes to one path wins), then one
   * sync per directory.
   */
  async write(files: readonly SmallFile[]): Promise<void> {
    const temps = files.map((file) => this.#create(file)).filter((pending) => pending !== undefined);
    const synced = new Set<Pending>();
    await boundedEach(temps, SYNC_LANES, async (pending) => {
      if (await this.#attempt(pending, () => this.#sync(pending.temp))) synced.add(pending);
    });
    const directories = new Map<string, SmallFile[]>();
    for (const pending of temps) {
      if (!synced.has(pending) || !this.#place(pending)) continue;
      const directory = dirname(pending.file.path);
      directories.set(directory, [...(directories.get(directory) ?? []), pending.file]);
    }
    await boundedEach(directories, SYNC_LANES, async ([directory, inside]) => {
      try {
        await this.#sync(directory);
      } catch (error) {
        for (const file of inside) file.fail(storeError(error, 'sync', directory), true);
      }
    });
  }

  /** Makes names in a directory durable that other processes left there. Throws the error if it fails. */
  async settle(directory: string): Promise<void> {
    try {
      await this.#sync(directory);
    } catch (error) {
      throw storeError(error, 'sync', directory);
    }
  }

  /** Writes one file; throws the error if it fails. */
  async writeOne(path: string, text: string, mode = 0o644): Promise<void> {
    let failure: Error | undefined;
    await this.write([{ path, content: text, mode, fail: (error) => (failure = error) }]);
    if (failure !== undefined) throw failure;
  }

  #create(file: SmallFile): Pending | undefined {
    const temp = newTemp(this.#platform.processes);
    try {
      this.#platform.files.create(locate(this.#root, temp), file.content, file.mode);
      return { file, temp };
    } catch (error) {
      file.fail(storeError(error, 'write', file.path), false);
      return undefined;
    }
  }

  #place({ file, temp }: Pending): boolean {
    const { files } = this.#platform;
    const [from, to] = [locate(this.#root, temp), locate(this.#root, file.path)];
    try {
      if (file.onTaken === undefined) files.rename(from, to);
      else if (placeNew(files, from, to)) this.#abandon(temp);
      else if (file.onTaken() === 'replace') files.rename(from, to);
      else this.#abandon(temp);
      return true;
    } catch (error) {
      this.#abandon(temp);
      file.fail(storeError(error, 'write', file.path), false);
      return false;
    }
  }

  async #attempt(pending: Pending, step: () => Promise<void>): Promise<boolean> {
    try {
      await step();
      return true;
    } catch (error) {
      this.#abandon(pending.temp);
      pending.file.fail(storeError(error, 'write', pending.file.path), false);
      return false;
    }
  }

  #sync(path: string): Promise<void> {
    return this.#platform.files.sync(locate(this.#root, path));
  }

  /** A temporary file that cannot be removed, in two attempts, is left to the sweep. */
  #abandon(temp: string): void {
    for (let attempt = 1; attempt <= 2; attempt++) {
      try {
        this.#platform.files.remove(locate(this.#root, temp));
        return;
      } catch {
        // Report the first error.
      }
    }
  }
}

/**
 * Removes a file that may not survive a power failure: a caller that received an error must not find it.
 * False if the removal fails.
 */
export function takenBack(files: TreeFiles, path: string): boolean {
  try {
    return files.remove(path);
  } catch {
    return false;
  }
}

/** Gives a file an unused name; false if the name is in use. */
function placeNew(files: TreeFiles, from: string, to: string): boolean {
  try {
    files.link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(errorCode(error) ?? '')) throw error;
  }
  // Without hard links, a check right before the rename is the best that is possible.
  if (files.stat(to) !== undefined) return false;
  files.rename(from, to);
  return true;
}

/** Errors of a file system without hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);
