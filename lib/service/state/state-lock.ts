import { join } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import { ownerOf, uniqueName } from '../../store/sharing/process-tag.js';

const LOCK = 'lock';
const CLAIM = '.claim-';

/**
 * Says whose a state directory is: a directory with one empty file, named after its owner. It is made ready beside its place and
 * renamed into it, which fails as long as one that holds something stands there; so of any number that try, one gets it. A file
 * belongs to one process for good and may be removed by whoever knows that one to be gone, without a race against a successor.
 */
export class StateLock {
  readonly #root: string;
  readonly #platform: TreePlatform;
  readonly #name: string;

  constructor(root: string, platform: TreePlatform) {
    this.#root = root;
    this.#platform = platform;
    this.#name = uniqueName(platform.processes);
  }

  /** Takes the directory, from whoever left it behind if need be. @throws AetherError STATE_LOCKED while its owner lives */
  take(): void {
    const { files } = this.#platform;
    const claim = join(this.#root, `${CLAIM}${this.#name}`);
    try {
      files.makeDirectory(claim);
      files.create(join(claim, this.#name), '', 0o600);
      do this.#evict();
      while (!this.#place(claim));
    } catch (error) {
      this.#clear(claim);
      throw error;
    }
    this.#sweep();
  }

  release(): void {
    this.#platform.files.remove(join(this.#root, LOCK, this.#name));
    this.#platform.files.removeDirectory(join(this.#root, LOCK));
  }

  /** Removes the lock of an owner that is gone. An earlier life of this very process counts as gone. */
  #evict(): void {
    const { files, processes } = this.#platform;
    const place = join(this.#root, LOCK);
    for (const { name } of files.list(place)) {
      const owner = ownerOf(name);
      const isSelf = owner?.pid === processes.self.pid && owner.scope === processes.self.scope;
      if (owner !== undefined && !isSelf && processes.condition(owner) === 'alive') {
        throw new AetherError(
          'STATE_LOCKED',
          `process ${String(owner.pid)} runs a service on this state directory`,
        );
      }
      files.remove(join(place, name));
    }
    // Not every system renames over a directory, even an empty one.
    files.removeDirectory(place);
  }

  /** False when another was quicker. */
  #place(claim: string): boolean {
    try {
      this.#platform.files.rename(claim, join(this.#root, LOCK));
      return true;
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
      if (this.#platform.files.list(join(this.#root, LOCK)).length > 0) return false;
      throw error;
    }
  }

  /** Removes the claims of processes that are gone. */
  #sweep(): void {
    const { files, processes } = this.#platform;
    for (const { name } of files.list(this.#root)) {
      const owner = name.startsWith(CLAIM) ? ownerOf(name.slice(CLAIM.length)) : undefined;
      if (owner !== undefined && processes.condition(owner) === 'gone') this.#clear(join(this.#root, name));
    }
  }

  #clear(claim: string): void {
    const { files } = this.#platform;
    try {
      for (const { name } of files.list(claim)) files.remove(join(claim, name));
      files.removeDirectory(claim);
    } catch {
      // Nobody takes it for anything else; the next owner tries again.
    }
  }
}
