import type { ProcessIdentity, TreePlatform } from '../../base/ports.js';
import { parseRunId, type RunId } from '../../base/run-id.js';
import type { DiskReader } from '../disk-reader.js';
import { ownerOf, processTag } from './process-tag.js';
import { onFile } from '../system-error.js';

/**
 * lease: has the store open for writing; commit: publishes a group; wait: had to step back for a gc; gc:
 * wants or has exclusive access; rely: contains the ids of runs that its owner relies on.
 */
export const LOCK_ROLES = ['lease', 'commit', 'wait', 'gc', 'rely'] as const;
export type LockRole = (typeof LOCK_ROLES)[number];

/** Interval at which a lease is touched, in milliseconds. */
export const PULSE_MS = 5_000;
/**
 * A process that cannot be looked up counts as ended if its lease does not change for this long while it is
 * watched.
 */
export const SILENCE_MS = 30_000;

/**
 * Reads locks/. Every file there belongs permanently to one process, which its name identifies; so any process
 * that knows the owner has ended may remove the file, without a race against a successor. All files except
 * lists of runs are empty.
 */
export class LockDirectory {
  readonly #reader: DiskReader;
  readonly #platform: TreePlatform;
  /** First observed time of each foreign lease, and the watched time at that moment. */
  readonly #pulses = new Map<string, { mtimeMs: number; watched: number }>();
  /**
   * Milliseconds this process has watched the others, as the sum of the pauses of this process. No clock is used: clocks
   * of others may be wrong, and a clock that is frozen together with them, as in a suspended container, must
   * not make them look silent.
   */
  #watched = 0;

  /** Foreign processes that were observed alive. */
  readonly #moved = new Set<string>();

  constructor(reader: DiskReader, platform: TreePlatform) {
    this.#reader = reader;
    this.#platform = platform;
  }

  /** Names of lock files of this role with living owners; removes files of ended owners. */
  living(role: LockRole): readonly string[] {
    const names = this.#names();
    return names.filter((name) => {
      if (!name.startsWith(`${role}-`)) return false;
      if (this.#lives(name, names)) return true;
      this.remove(name);
      return false;
    });
  }

  /** Like `living`, but removes nothing. */
  present(role: LockRole): readonly string[] {
    const names = this.#names();
    return names.filter((name) => name.startsWith(`${role}-`) && this.#lives(name, names));
  }

  /**
   * Ids of the runs that living processes rely on. Call it with exclusive access: then no list is partially
   * written.
   */
  reliedRuns(): ReadonlySet<RunId> {
    const lists = this.present('rely').map((name) => this.#reader.readText(`locks/${name}`) ?? '');
    return new Set(lists.flatMap((text) => text.split('\n')).flatMap((id) => parseRunId(id) ?? []));
  }

  /** True if the owner of a temporary file may still need it. */
  mayUse(temp: string): boolean {
    const owner = ownerOf(temp);
    return owner === undefined || this.#ownerLives(owner, this.#names());
  }

  remove(name: string): void {
    onFile('remove', `locks/${name}`, () => this.#reader.files.remove(this.#reader.path(`locks/${name}`)));
  }

  /** Waits and adds the time to the watched time, by which silent processes are judged. */
  async wait(milliseconds: number): Promise<void> {
    await this.#platform.processes.pause(milliseconds);
    this.watched(milliseconds);
  }

  /** Adds to the watched time. */
  watched(milliseconds: number): void {
    this.#watched += milliseconds;
  }

  /**
   * A process that cannot be looked up and whose lease has not changed since it was first observed; undefined
   * if none.
   */
  unproven(): string | undefined {
    const names = this.#names();
    const unproven = names.filter((name) => {
      const owner = name.startsWith('lease-') ? ownerOf(name.slice('lease-'.length)) : undefined;
      if (owner === undefined || this.#platform.processes.condition(owner) !== 'unknown') return false;
      const tag = processTag(owner);
      return this.#hasPulse(tag, names) && !this.#moved.has(tag);
    });
    return unproven[0];
  }

  /** True if the owner of any lease has ended. */
  someAreGone(): boolean {
    const names = this.#names();
    // No early exit: the first check of each lease starts its watch.
    return names.filter((name) => name.startsWith('lease-') && !this.#lives(name, names)).length > 0;
  }

  #names(): readonly string[] {
    return onFile('list', 'locks', () => this.#reader.files.list(this.#reader.path('locks'))).map(
      ({ name }) => name,
    );
  }

  #lives(name: string, names: readonly string[]): boolean {
    const owner = ownerOf(name.slice(name.indexOf('-') + 1));
    return owner !== undefined && this.#ownerLives(owner, names);
  }

  #ownerLives(owner: ProcessIdentity, names: readonly string[]): boolean {
    const condition = this.#platform.processes.condition(owner);
    return condition === 'unknown' ? this.#hasPulse(processTag(owner), names) : condition === 'alive';
  }

  #hasPulse(tag: string, names: readonly string[]): boolean {
    const leases = names.filter((name) => name.startsWith(`lease-${tag}-`));
    const times = leases.map(
      (name) => this.#reader.files.stat(this.#reader.path(`locks/${name}`))?.mtimeMs ?? 0,
    );
    const mtimeMs = Math.max(0, ...times);
    if (leases.length === 0) return false;
    const last = this.#pulses.get(tag);
    if (last?.mtimeMs === mtimeMs) return this.#watched - last.watched < SILENCE_MS;
    if (last !== undefined) this.#moved.add(tag);
    this.#pulses.set(tag, { mtimeMs, watched: this.#watched });
    return true;
  }
}

/** The owner of a lock file, for messages. */
export function describeHolder(name: string, platform: TreePlatform): string {
  const owner = ownerOf(name.slice(name.indexOf('-') + 1));
  if (owner === undefined) return name;
  const where =
    owner.scope === platform.processes.self.scope ? '' : ' on another machine or in another container';
  return `process ${String(owner.pid)}${where}`;
}
