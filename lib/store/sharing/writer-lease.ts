import { AetherError } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import type { DiskReader } from '../disk-reader.js';
import { createEmpty } from './empty-file.js';
import { describeHolder, LockDirectory, PULSE_MS, type LockRole } from './lock-directory.js';
import type { StoreNotice } from './notice.js';
import { uniqueName } from './process-tag.js';
import { sweepLeftovers } from './sweep-leftovers.js';
import { SEGMENTS } from '../layout.js';
import { onFile, onFileAsync } from '../system-error.js';

const WAIT_MS = 20;

/**
 * One process's share in a store it writes to. Any number of writers publish at once; gc has the tree for itself, in
 * short turns. Both sides announce themselves before they look for the other (create own file, then list), so at least
 * one of two that meet sees the other: the writer steps back, gc waits for the group under way.
 */
export class WriterLease {
  readonly #reader: DiskReader;
  readonly #platform: TreePlatform;
  readonly #notice: (notice: StoreNotice) => void;
  readonly #locks: LockDirectory;
  readonly #lease: string;
  readonly #stopPulse: () => void;
  readonly #retired = new Set<string>();
  /** Own lists of runs that are relied upon. */
  readonly #reliances = new Set<string>();

  private constructor(reader: DiskReader, platform: TreePlatform, notice: (notice: StoreNotice) => void) {
    this.#reader = reader;
    this.#platform = platform;
    this.#notice = notice;
    this.#locks = new LockDirectory(reader, platform);
    this.#lease = this.#announce('lease');
    this.#stopPulse = platform.processes.every(PULSE_MS, () => {
      this.#pulse();
    });
  }

  /** Announces the writer and removes what dead ones left in tmp/ and locks/. */
  static take(
    reader: DiskReader,
    platform: TreePlatform,
    notice: (notice: StoreNotice) => void,
  ): WriterLease {
    const lease = new WriterLease(reader, platform, notice);
    lease.#sweep();
    return lease;
  }

  #sweep(): void {
    const files = sweepLeftovers(this.#reader, this.#locks);
    if (files > 0) this.#notice({ type: 'leftovers_swept', files });
  }

  /**
   * Waits until every process in another container or on another machine has shown a sign of life, or was silent for
   * so long that it is gone; then what the dead left is removed. For gc, which may not keep what nobody needs.
   */
  async outlastStrangers(): Promise<void> {
    await this.#outlast(() => this.#locks.unproven());
    this.#sweep();
  }

  /**
   * Runs `work` while no gc removes anything. `work` asks `stillProtected` before it makes blobs reachable: it throws
   * STORE_LOCKED if this process was taken for dead meanwhile (suspended in another container, say).
   */
  async whileProtected<T>(work: (stillProtected: () => void) => Promise<T>): Promise<T> {
    const marker = await this.#enter('commit');
    let letGo: (() => void) | undefined;
    try {
      letGo = this.#reader.segments?.view.hold();
      this.#renew();
      return await work(() => {
        if (this.#exists(marker)) return;
        throw new AetherError(
          'STORE_LOCKED',
          'this process lost its lease on the store, because it did not renew it in time',
        );
      });
    } finally {
      letGo?.();
      this.#retire(marker);
    }
  }

  /** Runs `work` while no writer publishes and no other gc works; keep it short. */
  async exclusively<T>(work: () => T | Promise<T>): Promise<T> {
    await this.#letWaitingPass();
    const marker = await this.#enter('gc');
    try {
      await this.#outlast(() => this.#locks.living('commit').find((name) => !this.#retired.has(name)));
      return await this.#overSegments(work);
    } finally {
      this.#retire(marker);
    }
  }

  /** What `work` removed is gone for everybody before its turn is over. */
  async #overSegments<T>(work: () => T | Promise<T>): Promise<T> {
    const { segments } = this.#reader;
    if (segments === undefined) return work();
    const letGo = segments.view.hold();
    try {
      const result = await work();
      await onFileAsync('write', SEGMENTS, () => segments.writeDown());
      return result;
    } finally {
      letGo();
    }
  }

  /** Names runs that no gc may remove until `unrely`; to be called under protection, when they are known to be there. */
  rely(runs: readonly string[]): string {
    return this.#announce('rely', runs.map((id) => `${id}\n`).join(''));
  }

  unrely(list: string): void {
    this.#retire(list);
    this.#reliances.delete(list);
  }

  /** Another process that has the store open for writing, for people; undefined if there is none. */
  otherWriter(): string | undefined {
    const other = this.#locks.living('lease').find((name) => name !== this.#lease);
    return other && describeHolder(other, this.#platform);
  }

  reliedRuns(): ReadonlySet<string> {
    return this.#locks.reliedRuns();
  }

  /** True if the owner of a temp may still need it. */
  mayUse(temp: string): boolean {
    return this.#locks.mayUse(temp);
  }

  release(): void {
    this.#stopPulse();
    for (const list of [...this.#reliances]) this.unrely(list);
    this.#retire(this.#lease);
  }

  /** Announces, and steps back as long as a gc stands in the way. */
  async #enter(role: 'commit' | 'gc'): Promise<string> {
    const own: { marker?: string; waiting?: string } = {};
    try {
      await this.#outlast(() => {
        const marker = (own.marker ??= this.#announce(role));
        const ahead = this.#gcBefore(marker);
        if (ahead === undefined) return undefined;
        if (role === 'commit') own.waiting ??= this.#announce('wait');
        // Of two gcs the smaller name stays announced; otherwise both might step back for ever.
        if (role === 'commit' || ahead < marker) {
          this.#retire(marker);
          delete own.marker;
        }
        return ahead;
      });
      return own.marker!;
    } catch (error) {
      if (own.marker !== undefined) this.#retire(own.marker);
      throw error;
    } finally {
      if (own.waiting !== undefined) this.#retire(own.waiting);
    }
  }

  #gcBefore(own: string): string | undefined {
    return this.#locks.living('gc').find((name) => name !== own && !this.#retired.has(name));
  }

  /** Lets writers go first that had to wait for an earlier turn: a looping gc must not keep them out for ever. */
  async #letWaitingPass(): Promise<void> {
    const early = new Set(this.#locks.living('wait').filter((name) => !this.#retired.has(name)));
    await this.#outlast(() => this.#locks.living('wait').find((name) => early.has(name)));
  }

  /** Waits as long as `obstacle` names a lock file, and says once of each whose it is. */
  async #outlast(obstacle: () => string | undefined): Promise<void> {
    let told: string | undefined;
    for (let name = obstacle(); name !== undefined; name = obstacle()) {
      if (told !== name) this.#notice({ type: 'waiting', holder: describeHolder(name, this.#platform) });
      told = name;
      await this.#locks.wait(WAIT_MS);
    }
  }

  /** A marker that cannot be removed would hold up others as long as we live, so it is tried again later. */
  #retire(name: string): void {
    this.#retired.add(name);
    this.#clearRetired();
  }

  #clearRetired(): void {
    for (const marker of this.#retired) {
      try {
        this.#locks.remove(marker);
        this.#retired.delete(marker);
      } catch {
        // What was protected is done; failing it now would only hide that.
      }
    }
  }

  #announce(role: LockRole, text = ''): string {
    const name = `${role}-${uniqueName(this.#platform.processes)}`;
    this.#create(name, text);
    if (role === 'rely') this.#reliances.add(name);
    return name;
  }

  /** Empty but for lists of runs. */
  #create(name: string, text = ''): void {
    const { files, root } = this.#reader;
    const path = `locks/${name}`;
    onFile('create', path, () => {
      if (text === '') createEmpty(files, root, path);
      else files.create(this.#reader.path(path), text, 0o644);
    });
  }

  #exists(name: string): boolean {
    return this.#reader.files.stat(this.#reader.path(`locks/${name}`)) !== undefined;
  }

  /** Runs on a timer, where nobody could catch an error; the next commit meets it again. */
  #pulse(): void {
    try {
      this.#clearRetired();
      this.#renew();
      this.#locks.watched(PULSE_MS);
      if (this.#locks.someAreGone()) this.#sweep();
    } catch {
      // See above.
    }
  }

  #renew(): void {
    if (!this.#exists(this.#lease)) this.#create(this.#lease);
    else this.#reader.files.touch(this.#reader.path(`locks/${this.#lease}`));
  }
}
