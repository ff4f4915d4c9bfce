import type { ProcessIdentity, TreePlatform } from '../../base/ports.js';
import type { DiskReader } from '../disk-reader.js';
import { ownerOf, processTag } from './process-tag.js';
import { onFile } from '../system-error.js';

/**
 * lease: has the store open for writing; commit: is publishing a group; wait: had to step back from it for a gc; gc:
 * wants or has the tree for itself.
 */
export const LOCK_ROLES = ['lease', 'commit', 'wait', 'gc'] as const;
export type LockRole = (typeof LOCK_ROLES)[number];

/** A lease is touched this often. */
export const PULSE_MS = 5_000;
/** A process that cannot be looked up counts as gone when its lease stood still for so long while somebody waited. */
export const SILENCE_MS = 30_000;
/** The same, by the clock, for those who do not wait. */
const OLD_MS = 24 * 3600 * 1000;

/**
 * Reads locks/. Every file there is empty, belongs to one process for good, and says so in its name; so a file may be
 * removed by anybody who knows its owner to be gone, without a race against a successor.
 */
export class Neighbours {
  readonly #reader: DiskReader;
  readonly #platform: TreePlatform;
  readonly #pulses = new Map<string, { mtimeMs: number; waited: number }>();
  #waited = 0;

  constructor(reader: DiskReader, platform: TreePlatform) {
    this.#reader = reader;
    this.#platform = platform;
  }

  /** Names of lock files of that role whose owners live; files of the dead are removed on the way. */
  living(role: LockRole): readonly string[] {
    const names = this.#names();
    return names.filter((name) => {
      if (!name.startsWith(`${role}-`)) return false;
      if (this.#lives(name, names)) return true;
      this.remove(name);
      return false;
    });
  }

  /** True if the owner of a temp may still need it. */
  mayUse(temp: string): boolean {
    const owner = ownerOf(temp);
    return owner === undefined || this.#ownerLives(owner, this.#names());
  }

  remove(name: string): void {
    onFile('remove', `locks/${name}`, () => this.#reader.files.remove(this.#reader.path(`locks/${name}`)));
  }

  /** Waits a little and remembers for how long, which is what the judgement of silent strangers goes by. */
  async wait(milliseconds: number): Promise<void> {
    await this.#platform.processes.pause(milliseconds);
    this.#waited += milliseconds;
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
    if (mtimeMs < this.#platform.clock.now() - OLD_MS) return false;
    const last = this.#pulses.get(tag);
    if (last?.mtimeMs === mtimeMs) return this.#waited - last.waited < SILENCE_MS;
    this.#pulses.set(tag, { mtimeMs, waited: this.#waited });
    return true;
  }
}

/** Whom a lock file belongs to, for people. */
export function describeHolder(name: string, platform: TreePlatform): string {
  const owner = ownerOf(name.slice(name.indexOf('-') + 1));
  if (owner === undefined) return name;
  const where =
    owner.scope === platform.processes.self.scope ? '' : ' on another machine or in another container';
  return `process ${String(owner.pid)}${where}`;
}
