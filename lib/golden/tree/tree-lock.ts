import { join } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { Processes, TreeFiles } from '../../base/ports.js';
import { ownerOf, uniqueName } from '../../store/sharing/process-tag.js';

const LOCK = '.lock';
const CLAIM = '.claim-';
const PAUSE_MS = 10;
/** Number of pauses after which a holder that cannot be looked up counts as ended. */
const UNKNOWN_PAUSES = 1_000;
/** Number of pauses for which a living holder is waited for. */
const ALIVE_PAUSES = 6_000;

/** The locks of this thread. */
const HELD = new Set<string>();

/**
 * Lets one process at a time write the goldens of a directory. The lock is a directory with one empty file
 * named after its holder; it is prepared beside its final path and renamed, which fails while another process
 * holds it. The file of a holder has a unique name, so removing that of an ended process never removes the
 * lock of a successor.
 */
export class TreeLock {
  readonly #directory: string;
  readonly #files: TreeFiles;
  readonly #processes: Processes;

  /** @param directory exists while the lock is held */
  constructor(directory: string, files: TreeFiles, processes: Processes) {
    this.#directory = directory;
    this.#files = files;
    this.#processes = processes;
  }

  /**
   * Acquires the lock and returns a function that releases it.
   *
   * @throws AetherError GOLDEN_LOCKED, or errors
   * of the file system
   */
  async take(): Promise<() => void> {
    const name = uniqueName(this.#processes);
    const claim = join(this.#directory, CLAIM + name);
    try {
      this.#files.makeDirectory(claim);
      this.#files.create(join(claim, name), '', 0o600);
      await this.#wait(() => this.#place(claim));
    } catch (error) {
      this.#clear(claim);
      throw error;
    }
    HELD.add(name);
    this.#sweep();
    return () => {
      HELD.delete(name);
      this.#leave(name);
    };
  }

  /** The holder, if any. */
  holder(): string | undefined {
    return this.#files.list(this.#lock)[0]?.name;
  }

  /** Resolves when no process writes, or the writing process has ended. */
  async settled(): Promise<void> {
    await this.#wait(() => this.holder() === undefined);
  }

  get #lock(): string {
    return join(this.#directory, LOCK);
  }

  async #wait(isDone: () => boolean): Promise<void> {
    let seen: string | undefined;
    for (let pauses = 0; ; pauses++) {
      if (isDone()) return;
      const holder = this.holder();
      if (holder !== seen) [seen, pauses] = [holder, 0];
      if (holder === undefined) continue;
      if (this.#isGone(holder, pauses)) this.#evict(holder);
      else if (pauses >= ALIVE_PAUSES) throw lockedBy(holder);
      else await this.#processes.pause(PAUSE_MS);
    }
  }

  #isGone(holder: string, pauses: number): boolean {
    const owner = ownerOf(holder);
    if (owner === undefined) return true;
    // A lock of this thread that could not be released.
    const own = uniqueName(this.#processes);
    if (holder.startsWith(own.slice(0, own.lastIndexOf('.') + 1)) && !HELD.has(holder)) return true;
    const condition = this.#processes.condition(owner);
    return condition === 'gone' || (condition === 'unknown' && pauses >= UNKNOWN_PAUSES);
  }

  #evict(holder: string): void {
    this.#files.remove(join(this.#lock, holder));
  }

  /** Removes only the file of this holder: the lock may have been taken over. */
  #leave(name: string): void {
    try {
      this.#files.remove(join(this.#lock, name));
      this.#files.removeDirectory(this.#lock);
    } catch {
      // The next holder of this thread removes it; other processes see a living holder.
    }
  }

  /** False while another process holds the lock. */
  #place(claim: string): boolean {
    try {
      // Some systems do not rename over a directory, even an empty one.
      this.#files.removeDirectory(this.#lock);
      this.#files.rename(claim, this.#lock);
      return true;
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
      if (this.holder() !== undefined) return false;
      throw error;
    }
  }

  /** Removes the claims of ended processes. */
  #sweep(): void {
    for (const { name } of this.#files.list(this.#directory)) {
      const owner = name.startsWith(CLAIM) ? ownerOf(name.slice(CLAIM.length)) : undefined;
      if (owner !== undefined && this.#processes.condition(owner) === 'gone') {
        this.#clear(join(this.#directory, name));
      }
    }
  }

  #clear(claim: string): void {
    try {
      for (const { name } of this.#files.list(claim)) this.#files.remove(join(claim, name));
      this.#files.removeDirectory(claim);
    } catch {
      // An empty directory does not count as a lock; the next holder tries again.
    }
  }
}

function lockedBy(holder: string): AetherError {
  const pid = ownerOf(holder)?.pid;
  return new AetherError(
    'GOLDEN_LOCKED',
    `process ${String(pid)} holds the lock of these goldens and does not release it`,
  );
}
