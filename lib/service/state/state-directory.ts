import { join, resolve } from 'node:path';
import { AetherError, errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import { StateLock } from './state-lock.js';

/** Directories of the state, below its root. */
const PLACES = ['runs', 'live', 'diagnostics'] as const;
export type StatePlace = (typeof PLACES)[number];

const NAME = /^[a-z0-9][a-z0-9._-]{0,127}$/;

/**
 * The service's own small documents: one JSON file each, replaced atomically (write, fsync, rename, fsync directory), so that a reader
 * finds the old one or the new one whatever happens. One service owns a state directory at a time.
 */
export class StateDirectory {
  readonly root: string;
  readonly #platform: TreePlatform;
  readonly #lock: StateLock;
  /** Per document, the write under way; writes of one document follow each other. */
  readonly #writing = new Map<string, Promise<void>>();
  #count = 0;

  private constructor(root: string, platform: TreePlatform) {
    this.root = root;
    this.#platform = platform;
    this.#lock = new StateLock(root, platform);
  }

  /**
   * Takes the directory over, making it if it is missing.
   *
   * @throws AetherError STATE_LOCKED while another service owns it, STATE_UNUSABLE when it cannot be written
   */
  static async open(root: string, platform: TreePlatform): Promise<StateDirectory> {
    const state = new StateDirectory(resolve(root), platform);
    await state.#guard('open', async () => {
      state.#makeTree(state.root);
      for (const place of PLACES) platform.files.makeDirectory(join(state.root, place));
      await platform.files.sync(state.root);
      state.#lock.take();
      // What was not finished is nobody's only now: an owner may have been about to rename it.
      state.#sweep();
    });
    return state;
  }

  /** A file of one of the directories, such as a live log. */
  file(place: StatePlace, name: string): string {
    return join(this.root, place, checked(name));
  }

  /** Names of the files in a directory, ascending. */
  names(place: StatePlace): readonly string[] {
    return this.#platform.files
      .list(join(this.root, place))
      .filter(({ kind, name }) => kind === 'file' && NAME.test(name))
      .map(({ name }) => name);
  }

  /**
   * A document; undefined when there is none.
   *
   * @throws AetherError STATE_CORRUPT
   */
  read(name: string): unknown {
    const text = this.#platform.files.readText(join(this.root, documentPath(name)));
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw new AetherError(
        'STATE_CORRUPT',
        `${documentPath(name)} in the state directory is no JSON; move it away to go on`,
        error,
      );
    }
  }

  /** Replaces a document; durable once it resolves. */
  write(name: string, value: unknown): Promise<void> {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    return this.#inTurn(name, () => this.#replace(join(this.root, documentPath(name)), text, 0o600));
  }

  async remove(name: string): Promise<void> {
    await this.#inTurn(name, async () => {
      this.#platform.files.remove(join(this.root, documentPath(name)));
    });
  }

  /** Removes a file of one of the directories, if it is there. */
  drop(place: StatePlace, name: string): void {
    this.#platform.files.remove(this.file(place, name));
  }

  /** Replaces any file atomically; used for documents that lie elsewhere, such as manifests. */
  async #replace(path: string, text: string, mode: number): Promise<void> {
    const { files, processes } = this.#platform;
    const temp = join(this.root, `.tmp-${String(processes.self.pid)}-${String(++this.#count)}`);
    await this.#guard('write', async () => {
      files.create(temp, text, mode);
      await files.sync(temp);
      files.rename(temp, path);
      await files.sync(join(path, '..'));
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#writing.values());
    this.#lock.release();
  }

  /** Writes of a document wait for each other; the last one wins. */
  #inTurn(name: string, work: () => Promise<void>): Promise<void> {
    const before = this.#writing.get(name) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#writing.set(name, turn);
    const forget = (): void => {
      if (this.#writing.get(name) === turn) this.#writing.delete(name);
    };
    turn.then(forget, forget);
    return turn;
  }

  #sweep(): void {
    const { files } = this.#platform;
    for (const { name } of files.list(this.root))
      if (name.startsWith('.tmp-')) files.remove(join(this.root, name));
  }

  #makeTree(path: string): void {
    const { files } = this.#platform;
    if (files.stat(path) !== undefined) return;
    const parent = resolve(path, '..');
    if (parent !== path) this.#makeTree(parent);
    files.makeDirectory(path);
  }

  async #guard(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof AetherError) throw error;
      const code = errorCode(error) ?? 'unknown error';
      throw new AetherError('STATE_UNUSABLE', `cannot ${what} the state directory: ${code}`, error);
    }
  }
}

function documentPath(name: string): string {
  const [place, file] = name.includes('/') ? (name.split('/', 2) as [string, string]) : [undefined, name];
  if (place !== undefined && !(PLACES as readonly string[]).includes(place))
    throw new TypeError(`no such place: ${place}`);
  return place === undefined ? `${checked(file)}.json` : join(place, `${checked(file)}.json`);
}

function checked(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`not a name of a state document: ${name}`);
  return name;
}
