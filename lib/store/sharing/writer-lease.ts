import { AetherError } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
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
 * The share of one process in a store that it writes to. Any number of writers publish at once; gc has
 * exclusive access in short turns. Both sides announce themselves before they look for the other (create own
 * file, then list), so that at least one of two concurrent processes sees the other: the writer steps back,
 * gc waits for the current group.
 */
export class WriterLease {
  readonly #reader: DiskReader;
  readonly #platform: TreePlatform;
  readonly #notice: (notice: StoreNotice) => void;
  readonly #locks: LockDirectory;
  readonly #lease: string;
  readonly #stopPulse: () => void;
  readonly #retired = new Set<string>();
  /** Own lists of relied runs. */
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

  /** Announces the writer and removes files of ended writers in tmp/ and locks/. */
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
   * Waits until every process in another container or on another machine has shown a sign of life, or was
   * silent long enough to count as ended; then removes the files of ended ones. For gc, which must remove
   * everything that is not needed.
   */
  async outlastStrangers(): Promise<void> {
    await this.#outlast(() => this.#locks.unproven());
    this.#sweep();
  }

  /**
   * Runs `work` while no gc removes anything. `work` calls `stillProtected` before it makes blobs reachable:
   * it throws STORE_LOCKED if this process was considered ended meanwhile (for example suspended in another
   * container).
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

  /** Removals of `work` are visible to all processes before the turn ends. */
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

  /** Protects runs from gc until `unrely`; call it under protection, when the runs are known to exist. */
  rely(runs: readonly RunId[]): string {
    return this.#announce('rely', runs.map((id) => `${id}\n`).join(''));
  }

  unrely(list: string): void {
    this.#retire(list);
    this.#reliances.delete(list);
  }

  /** Another process that has the store open for writing, for messages; undefined if there is none. */
  otherWriter(): string | undefined {
    const other = this.#locks.living('lease').find((name) => name !== this.#lease);
    return other && describeHolder(other, this.#platform);
  }

  reliedRuns(): ReadonlySet<RunId> {
    return this.#locks.reliedRuns();
  }

  /** True if the owner of a temporary file may still need it. */
  mayUse(temp: string): boolean {
    return this.#locks.mayUse(temp);
  }

  release(): void {
    this.#stopPulse();
    for (const list of [...this.#reliances]) this.unrely(list);
    this.#retire(this.#lease);
  }

  /** Announces itself, and steps back while a gc is active. */
  async #enter(role: 'commit' | 'gc'): Promise<string> {
    const own: { marker?: string; waiting?: string } = {};
    try {
      await this.#outlast(() => {
        const marker = (own.marker ??= this.#announce(role));
        const ahead = this.#gcBefore(marker);
        if (ahead === undefined) return undefined;
        if (role === 'commit') own.waiting ??= this.#announce('wait');
        // Of two gcs the one with the smaller name stays announced; otherwise both might step back forever.
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

  /** Lets writers that waited for an earlier turn go first: a looping gc must not keep them out forever. */
  async #letWaitingPass(): Promise<void> {
    const early = new Set(this.#locks.living('wait').filter((name) => !this.#retired.has(name)));
    await this.#outlast(() => this.#locks.living('wait').find((name) => early.has(name)));
  }

  /** Waits while `obstacle` names a lock file, and sends one notice with the owner of each. */
  async #outlast(obstacle: () => string | undefined): Promise<void> {
    let told: string | undefined;
    for (let name = obstacle(); name !== undefined; name = obstacle()) {
      if (told !== name) this.#notice({ type: 'waiting', holder: describeHolder(name, this.#platform) });
      told = name;
      await this.#locks.wait(WAIT_MS);
    }
  }

  /**
   * A marker that cannot be removed would block others for the lifetime of this process, so the removal is
   * retried later.
   */
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
        // The protected work is done; failing it now would hide that.
      }
    }
  }

  #announce(role: LockRole, text = ''): string {
    const name = `${role}-${uniqueName(this.#platform.processes)}`;
    this.#create(name, text);
    if (role === 'rely') this.#reliances.add(name);
    return name;
  }

  /** Empty except for lists of runs. */
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

  /** Runs on a timer, where an error cannot be caught; the next commit meets the same error. */
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
