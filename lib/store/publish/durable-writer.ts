import { dirname } from 'node:path';
import type { TreePlatform } from '../../base/ports.js';
import { boundedEach } from './bounded-each.js';
import { locate, relative } from '../layout.js';
import { uniqueName } from '../sharing/process-tag.js';
import { storeError } from '../system-error.js';

/** Syncs under way at once; each holds one descriptor, so this bounds what publishing adds to the process's files. */
export const SYNC_LANES = 16;

/** A small file to replace as a whole. */
export interface SmallFile {
  /** Relative to the store. */
  readonly path: string;
  readonly text: string;
  readonly mode: number;
  /**
   * Told when this file, or the directory it lies in, did not become durable. Others go on. `placed`: the file is there,
   * only its name may not survive a power failure.
   */
  readonly fail: (error: Error, placed: boolean) => void;
}

interface Pending {
  readonly file: SmallFile;
  readonly temp: string;
}

/** Replaces small files so that each is seen either old or new, and is durable once `write` resolves. */
export class DurableWriter {
  readonly #root: string;
  readonly #platform: TreePlatform;

  constructor(root: string, platform: TreePlatform) {
    this.#root = root;
    this.#platform = platform;
  }

  /** Temp, sync, rename, in the order given (so the last of several to one path stands), then each directory once. */
  async write(files: readonly SmallFile[]): Promise<void> {
    const temps = files.map((file) => this.#create(file)).filter((pending) => pending !== undefined);
    const synced = new Set<Pending>();
    await boundedEach(temps, SYNC_LANES, async (pending) => {
      if (await this.#attempt(pending, () => this.#sync(pending.temp))) synced.add(pending);
    });
    const directories = new Map<string, SmallFile[]>();
    for (const pending of temps) {
      if (!synced.has(pending) || !this.#rename(pending)) continue;
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

  /** Writes one file; throws what went wrong. */
  async writeOne(path: string, text: string, mode = 0o644): Promise<void> {
    let failure: Error | undefined;
    await this.write([{ path, text, mode, fail: (error) => (failure = error) }]);
    if (failure !== undefined) throw failure;
  }

  #create(file: SmallFile): Pending | undefined {
    const temp = relative.temp(uniqueName(this.#platform.processes));
    try {
      this.#platform.files.create(locate(this.#root, temp), file.text, file.mode);
      return { file, temp };
    } catch (error) {
      file.fail(storeError(error, 'write', file.path), false);
      return undefined;
    }
  }

  #rename({ file, temp }: Pending): boolean {
    try {
      this.#platform.files.rename(locate(this.#root, temp), locate(this.#root, file.path));
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

  /** A temp that cannot even be removed is left to the sweep. */
  #abandon(temp: string): void {
    try {
      this.#platform.files.remove(locate(this.#root, temp));
    } catch {
      // The first error is the one to report.
    }
  }
}
