import { join, relative, resolve } from 'node:path';
import { errorCode } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import { PULSE_MS } from '../../store/sharing/lock-directory.js';
import { ownerOf } from '../../store/sharing/process-tag.js';
import type { DocumentCheck } from './document-check.js';
import { setAside } from './set-aside.js';
import { StateLock } from './state-lock.js';
import { stateProblem, StateWriter } from './state-writer.js';

/** Directories of the state, below its root. */
const PLACES = ['runs', 'live', 'diagnostics'] as const;
export type StatePlace = (typeof PLACES)[number];

const NAME = /^[a-z0-9][a-z0-9._-]{0,127}$/;
/** Errors caused by the machine rather than by a document. */
const PASSING = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EINTR']);

export interface StateOptions {
  /** Receives notices for the operator, such as a damaged document. */
  readonly onNotice?: (message: string) => void;
  /** Aborts waiting for another owner. */
  readonly signal?: AbortSignal;
}

/** Result of reading a document. */
export interface StateReading<T> {
  /** Undefined if there is none, or none that is valid. */
  readonly value: T | undefined;
  /** Set if the document was damaged: its new path, and its content as far as it is JSON. */
  readonly damage?: { readonly kept: string | null; readonly found: unknown };
}

/**
 * The documents of the service: one JSON file each, replaced atomically (write, fsync, rename, fsync
 * directory), so that a reader always finds the old one or the new one. One service owns a state directory at
 * a time; a service that lost it can no longer write. A damaged document is set aside in `damaged/`.
 */
export class StateDirectory {
  readonly root: string;
  /** Resolves when another service has taken over. */
  readonly lost: Promise<void>;
  readonly #platform: TreePlatform;
  readonly #lock: StateLock;
  readonly #notice: (message: string) => void;
  /** The pending write per document; writes of one document are serialised. */
  readonly #writing = new Map<string, Promise<void>>();
  /** Damaged documents that could not be set aside, and must not be overwritten. */
  readonly #stuck = new Set<string>();
  readonly #writer: StateWriter;
  #lose!: () => void;
  #stopPulse = (): void => undefined;

  private constructor(root: string, platform: TreePlatform, options: StateOptions) {
    this.root = root;
    this.#platform = platform;
    this.#lock = new StateLock(root, platform);
    this.#notice = options.onNotice ?? ((): void => undefined);
    this.#writer = new StateWriter({ root, lock: this.#lock, platform, notice: this.#notice });
    this.lost = new Promise((lose) => (this.#lose = lose));
  }

  /**
   * Takes over the directory, and creates it if it is missing. Waits for a while if an owner on another
   * machine or in another container may still be alive.
   *
   * @throws AetherError STATE_LOCKED while another service owns it, STATE_UNUSABLE when it cannot be written
   */
  static async open(
    root: string,
    platform: TreePlatform,
    options: StateOptions = {},
  ): Promise<StateDirectory> {
    const state = new StateDirectory(resolve(root), platform, options);
    await state.#guard('open', async () => {
      await platform.files.makeDirectories(state.root);
      state.#clearLock();
      await state.#lock.take({
        onWait: state.#notice,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      await state.#prepare().catch((error: unknown) => {
        state.#lock.release();
        throw error;
      });
    });
    state.#stopPulse = platform.processes.every(PULSE_MS, () => {
      if (!state.#lock.pulse()) state.#lose();
    });
    return state;
  }

  /** Unfinished files can be removed only now: the former owner may have been about to rename one. */
  async #prepare(): Promise<void> {
    this.#sweep();
    for (const place of PLACES) this.#makePlace(place);
    await this.#platform.files.sync(this.root);
  }

  /** False once another service has taken over: this one must stop. */
  isOwned(): boolean {
    const held = this.#lock.isHeld();
    if (!held) this.#lose();
    return held;
  }

  /** A file of one of the directories, such as a live log. */
  file(place: StatePlace, name: string): string {
    return join(this.root, place, checked(name));
  }

  /** Names of the documents in a directory, without extension, ascending. Other entries are set aside. */
  names(place: StatePlace): readonly string[] {
    const names: string[] = [];
    for (const { kind, name } of this.#platform.files.list(join(this.root, place))) {
      if (kind === 'file' && NAME.test(name) && name.endsWith('.json')) names.push(name.slice(0, -5));
      else this.#setAside(join(this.root, place, name), `is ${described(kind)}, not a document`);
    }
    return names;
  }

  /** Reads a document; a damaged one is set aside, with a notice. @throws AetherError STATE_UNUSABLE */
  read<T>(name: string, check: DocumentCheck<T>): StateReading<T> {
    const path = join(this.root, documentPath(name));
    let found: unknown;
    let problem: string;
    try {
      const text = this.#platform.files.readText(path);
      if (text === undefined) return { value: undefined };
      found = JSON.parse(text) as unknown;
      const result = check(found);
      if ('value' in result) return result;
      problem = result.problem;
    } catch (error) {
      const code = errorCode(error);
      if (PASSING.has(code ?? '')) throw stateProblem('read', error);
      problem = error instanceof SyntaxError ? 'is not JSON' : `cannot be read: ${code ?? 'unknown error'}`;
    }
    return { value: undefined, damage: { kept: this.#setAside(path, problem), found } };
  }

  /**
   * Replaces a document; durable once it resolves. A failed write has no effect.
   *
   * @throws AetherError STATE_UNUSABLE, STATE_LOST
   */
  write(name: string, value: unknown): Promise<void> {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    const path = join(this.root, documentPath(name));
    return this.#inTurn(name, () => {
      if (this.#stuck.has(path) && this.#setAside(path, 'is damaged') === null)
        throw stateProblem('write', new Error('a damaged document cannot be moved away'));
      return this.#writer.replace(path, text);
    });
  }

  async remove(name: string): Promise<void> {
    await this.#inTurn(name, () => {
      this.#writer.remove(join(this.root, documentPath(name)));
    });
  }

  /** Removes a file of one of the directories, if it exists. */
  drop(place: StatePlace, name: string): void {
    const path = this.file(place, name);
    const kind = this.#platform.files.stat(path)?.kind;
    if (kind === 'directory') this.#setAside(path, 'is a directory, not a file');
    else this.#writer.remove(path);
  }

  /** Replaces a file that need not survive a power failure. */
  note(place: StatePlace, name: string, text: string): void {
    this.#writer.note(this.file(place, name), text);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#writing.values());
    this.#stopPulse();
    this.#lock.release();
  }

  /** Writes of a document are serialised; the last one wins. */
  #inTurn(name: string, work: () => void | Promise<void>): Promise<void> {
    const before = this.#writing.get(name) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#writing.set(name, turn);
    const forget = (): void => {
      if (this.#writing.get(name) === turn) this.#writing.delete(name);
    };
    turn.then(forget, forget);
    return turn;
  }

  /** Keeps a damaged entry as evidence; null if it cannot be moved. */
  #setAside(path: string, problem: string): string | null {
    const shown = relative(this.root, path);
    try {
      const kept = setAside(this.root, path, this.#platform.files);
      this.#stuck.delete(path);
      this.#notice(`${shown} in the state directory is damaged: ${problem}. It is kept as ${kept}`);
      return kept;
    } catch (error) {
      this.#stuck.add(path);
      const code = errorCode(error) ?? 'unknown error';
      this.#notice(
        `${shown} in the state directory is damaged: ${problem}. It is left in place, because it cannot be moved: ${code}`,
      );
      return null;
    }
  }

  /** Sets aside an entry that is not the lock of a service. */
  #clearLock(): void {
    const { files } = this.#platform;
    const path = join(this.root, 'lock');
    const kind = files.stat(path)?.kind;
    if (kind === undefined) return;
    if (kind !== 'directory') this.#setAside(path, `is ${described(kind)}, not a directory`);
    else
      for (const { name } of files.list(path))
        if (ownerOf(name) === undefined) this.#setAside(join(path, name), 'is not the lock of a service');
  }

  #makePlace(place: StatePlace): void {
    const { files } = this.#platform;
    const path = join(this.root, place);
    const kind = files.stat(path)?.kind;
    if (kind === 'directory') return;
    if (kind !== undefined) this.#setAside(path, `is ${described(kind)}, not a directory`);
    files.makeDirectory(path);
  }

  /** Removes unfinished files of earlier versions. */
  #sweep(): void {
    const { files } = this.#platform;
    for (const { name, kind } of files.list(this.root))
      if (name.startsWith('.tmp-') && kind !== 'directory') files.remove(join(this.root, name));
  }

  async #guard(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw stateProblem(what, error);
    }
  }
}

function described(kind: string): string {
  if (kind === 'symlink') return 'a symbolic link';
  if (kind === 'file' || kind === 'directory') return `a ${kind}`;
  return 'a pipe, a socket or a device';
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
