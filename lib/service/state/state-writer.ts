import { dirname, join, relative } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import type { StateLock } from './state-lock.js';
import { syncSurely } from './sync-surely.js';

export interface StateWriterOptions {
  readonly root: string;
  readonly lock: StateLock;
  readonly platform: TreePlatform;
  readonly notice: (message: string) => void;
}

/**
 * Changes files of a state directory. Every change is a rename from or to the private directory of the owner,
 * so that an owner that was suspended and replaced can change nothing any more.
 */
export class StateWriter {
  readonly #root: string;
  readonly #lock: StateLock;
  readonly #platform: TreePlatform;
  readonly #notice: (message: string) => void;
  #count = 0;

  constructor({ root, lock, platform, notice }: StateWriterOptions) {
    this.#root = root;
    this.#lock = lock;
    this.#platform = platform;
    this.#notice = notice;
  }

  /**
   * Replaces a file durably; if it rejects, the old one is in effect.
   *
   * @throws AetherError STATE_UNUSABLE, STATE_LOST
   */
  async replace(path: string, text: string): Promise<void> {
    const { files } = this.#platform;
    const temp = this.#temp();
    try {
      files.create(temp, text, 0o600);
      await files.sync(temp);
      files.rename(temp, path);
    } catch (error) {
      // A rename may be reported as failed although it took place.
      if (!this.#holds(path, text)) {
        this.#drop(temp);
        throw this.#problem(error);
      }
    }
    await this.#settle(dirname(path));
  }

  /** Replaces a file that need not survive a power failure. */
  note(path: string, text: string): void {
    const temp = this.#temp();
    try {
      this.#platform.files.create(temp, text, 0o600);
      this.#platform.files.rename(temp, path);
    } catch (error) {
      this.#drop(temp);
      throw this.#problem(error);
    }
  }

  /** Removes a file, if it exists. @throws AetherError STATE_UNUSABLE, STATE_LOST */
  remove(path: string): void {
    const { files } = this.#platform;
    if (files.stat(path) === undefined) return;
    const temp = this.#temp();
    try {
      files.rename(path, temp);
    } catch (error) {
      throw this.#problem(error);
    }
    this.#drop(temp);
  }

  /**
   * The new names are already in effect, so a disk that does not confirm them is not reported as a failed
   * change.
   */
  async #settle(directory: string): Promise<void> {
    const code = await syncSurely(directory, this.#platform);
    if (code === undefined) return;
    const where = relative(this.#root, directory) || 'the state directory';
    this.#notice(`The disk does not confirm a change in ${where} (${code}); a power failure may undo it`);
  }

  #temp(): string {
    return join(this.#lock.place, String(++this.#count));
  }

  #drop(temp: string): void {
    try {
      this.#platform.files.remove(temp);
    } catch {
      // The private directory is removed together with its owner.
    }
  }

  #holds(path: string, text: string): boolean {
    try {
      return this.#platform.files.readText(path) === text;
    } catch {
      return false;
    }
  }

  #problem(error: unknown): Error {
    if (errorCode(error) !== 'ENOENT' || this.#lock.isHeld()) return stateProblem('write', error);
    return new AetherError('STATE_LOST', 'another service has taken over the state directory', error);
  }
}

/** The error for an error of the file system. Aborts pass unchanged. */
export function stateProblem(what: string, error: unknown): Error {
  if (error instanceof AetherError || (error instanceof Error && error.name === 'AbortError')) return error;
  const code = errorCode(error) ?? (error instanceof Error ? error.message : 'unknown error');
  return new AetherError('STATE_UNUSABLE', `cannot ${what} the state directory: ${code}`, error);
}
