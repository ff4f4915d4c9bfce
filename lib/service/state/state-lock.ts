import { join } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { ProcessIdentity, TreeName, TreePlatform } from '../../base/ports.js';
import { SILENCE_MS } from '../../store/sharing/lock-directory.js';
import { ownerOf, uniqueName } from '../../store/sharing/process-tag.js';

const LOCK = 'lock';
const CLAIM = '.claim-';
/** Interval in milliseconds of checks of an owner that cannot be looked up as a process. */
const LOOK_MS = 500;

export interface TakeOptions {
  /** Called once per watched owner, with a message. */
  readonly onWait?: (message: string) => void;
  /** Aborts the wait. */
  readonly signal?: AbortSignal;
}

/**
 * The lock of a state directory: a directory with one entry, the private directory of its owner, named after
 * it. It is prepared as a claim and renamed into place, which fails while another one exists; so exactly one
 * of several claimants gets it.
 *
 * An owner in another PID namespace or on another machine is judged by its pulse, the modification time of
 * its private directory. The owner writes every document through that directory (see StateDirectory), so that
 * an owner that was suspended and replaced can no longer write: the source of its rename no longer exists.
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

  /** The private directory of this owner; removed once another service has taken over. */
  get place(): string {
    return join(this.#root, LOCK, this.#name);
  }

  /**
   * Acquires the directory, if necessary from an ended owner.
   *
   * @throws AetherError STATE_LOCKED while its owner lives; the reason of `signal` once it is aborted
   */
  async take(options: TakeOptions = {}): Promise<void> {
    const { files } = this.#platform;
    const claim = join(this.#root, `${CLAIM}${this.#name}`);
    try {
      files.makeDirectory(claim);
      files.makeDirectory(join(claim, this.#name));
      do await this.#evict(options);
      while (!this.#put(claim));
    } catch (error) {
      this.#clear(claim);
      throw error;
    }
    this.#sweep();
  }

  /** False once another service has taken over. */
  isHeld(): boolean {
    try {
      return this.#platform.files.stat(this.place) !== undefined;
    } catch {
      // A temporary error of the disk does not mean that the lock is lost.
      return true;
    }
  }

  /** Updates the pulse; false once another service has taken over. */
  pulse(): boolean {
    try {
      this.#platform.files.touch(this.place);
      return true;
    } catch (error) {
      // A temporary error of the disk is not a reason to stop; the next pulse may succeed.
      return errorCode(error) !== 'ENOENT';
    }
  }

  release(): void {
    const { files } = this.#platform;
    empty(this.place, files);
    files.removeDirectory(this.place);
    files.removeDirectory(join(this.#root, LOCK));
  }

  /** Removes the lock of an ended owner. An earlier incarnation of this process counts as ended. */
  async #evict(options: TakeOptions): Promise<void> {
    const { files } = this.#platform;
    const place = join(this.#root, LOCK);
    for (const entry of files.list(place)) {
      const owner = ownerOf(entry.name);
      if (owner !== undefined) await this.#outlast(owner, entry, options);
      const path = join(place, entry.name);
      if (entry.kind !== 'directory') files.remove(path);
      // A suspended owner may resume at any time, and create a file there again.
      else while (!files.removeDirectory(path) && files.stat(path) !== undefined) empty(path, files);
    }
    // Some systems do not rename over a directory, even an empty one.
    files.removeDirectory(place);
  }

  /** Returns once the owner is known to have ended. @throws AetherError STATE_LOCKED */
  async #outlast(owner: ProcessIdentity, entry: TreeName, options: TakeOptions): Promise<void> {
    const { processes } = this.#platform;
    if (owner.pid === processes.self.pid && owner.scope === processes.self.scope) return;
    const condition = processes.condition(owner);
    if (condition === 'gone') return;
    const who = `process ${String(owner.pid)}`;
    if (condition === 'alive') throw locked(`${who} runs a service on this state directory`);
    const far = `${who} on another machine or in another container`;
    // Services of earlier versions have no pulse, so a living one cannot be distinguished from an ended one.
    if (entry.kind !== 'directory')
      throw locked(
        `${far} owns this state directory with an earlier version; if it no longer runs, remove ${LOCK}/${entry.name} there`,
      );
    options.onWait?.(
      `Waiting up to ${String(SILENCE_MS / 1000)} s to check whether ${far}, which owns the state directory, still runs`,
    );
    if (await this.#hasPulse(join(this.#root, LOCK, entry.name), options.signal))
      throw locked(`${far} runs a service on this state directory`);
  }

  /**
   * Watches an owner until it shows a pulse or has been silent long enough. Counts its own checks: neither
   * the clock of the other side nor a jump of the own clock decides.
   */
  async #hasPulse(path: string, signal: AbortSignal | undefined): Promise<boolean> {
    const { files, processes } = this.#platform;
    const first = files.stat(path);
    for (let waited = 0; waited < SILENCE_MS; waited += LOOK_MS) {
      await processes.pause(LOOK_MS);
      signal?.throwIfAborted();
      const now = files.stat(path);
      if (now === undefined) return false;
      if (now.mtimeMs !== first?.mtimeMs) return true;
    }
    return false;
  }

  /** False if another process was faster. */
  #put(claim: string): boolean {
    try {
      this.#platform.files.rename(claim, join(this.#root, LOCK));
      return true;
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
      if (this.#platform.files.list(join(this.#root, LOCK)).length > 0) return false;
      throw error;
    }
  }

  /** Removes the claims of ended processes. */
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
      for (const { name, kind } of files.list(claim)) {
        if (kind === 'directory') files.removeDirectory(join(claim, name));
        else files.remove(join(claim, name));
      }
      files.removeDirectory(claim);
    } catch {
      // Nothing reads a claim; the next owner tries again.
    }
  }
}

function locked(message: string): AetherError {
  return new AetherError('STATE_LOCKED', message);
}

/** Removes everything in a private directory. */
function empty(place: string, files: TreePlatform['files']): void {
  for (const { name, kind } of files.list(place)) {
    const path = join(place, name);
    if (kind !== 'directory') files.remove(path);
    else {
      empty(path, files);
      files.removeDirectory(path);
    }
  }
}
