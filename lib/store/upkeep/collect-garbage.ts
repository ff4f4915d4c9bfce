import type { Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskStore } from '../disk-store.js';
import { relative } from '../layout.js';
import { nextTurn, YieldTimer } from '../../platform/yield-timer.js';
import { pinnedRuns } from './pins.js';
import { mergeDying, removeDead } from './sweep-segments.js';
import { removeRuns, writeOwedRefs, type OwedRef } from './remove-runs.js';
import { expiredRuns, goldenRuns, retainedRun, type RetainedRun, type RetentionRules } from './keep-rules.js';
import type { RunRecord } from '../record-types.js';
import { onFile } from '../system-error.js';
import { blobFiles, blobSize } from './walk-tree.js';

/** Blobs removed per turn while writers wait; a turn takes some tens of milliseconds. */
const TURN = 1024;

export interface GcOptions extends RetentionRules {
  /** Reports what would be removed and changes nothing; works on a store open for reading. */
  readonly dryRun?: boolean;
  /**
   * Result digests and blob digests that goldens need: the newest run of each such result is kept, and the
   * blobs.
   */
  readonly goldens?: ReadonlySet<Digest>;
  /** Milliseconds since the epoch, for keepDays. */
  readonly now: number;
  readonly onProgress?: (removed: { readonly blobs: number; readonly bytes: number }) => void;
}

export interface GcReport {
  readonly dry_run: boolean;
  /** Ids, ascending. */
  readonly runs_removed: readonly RunId[];
  readonly runs_kept: number;
  /**
   * Runs that the limits alone would remove. A pinned run counts as pinned, even if it has a golden as well,
   * and a run that a running batch relies on counts as in use only if nothing else keeps it.
   */
  readonly held_back: { readonly pinned: number; readonly golden: number; readonly in_use: number };
  readonly blobs_removed: number;
  readonly bytes_freed: number;
  readonly blobs_kept: number;
  readonly bytes_kept: number;
  /** Bytes above maxSize that pins or goldens need; 0 without a limit. */
  readonly bytes_over_limit: number;
}

/**
 * Removes the runs that the rules allow, then every blob that no remaining run or golden needs. Safe while
 * batches run: marking takes no lock, and sweeping takes short exclusive turns, each of which first checks
 * for runs that were published meanwhile.
 *
 * @throws AetherError STORE_RECORD_CORRUPT when a record cannot be read: its blobs are evidence and cannot be
 * determined
 */
export async function collectGarbage(store: DiskStore, options: GcOptions): Promise<GcReport> {
  if (options.dryRun !== true) await store.maintenance().lease.outlastStrangers();
  const gc = new Collection(store, options);
  await gc.mark();
  await gc.sweepRuns();
  await gc.sweepBlobs();
  await gc.finish();
  return gc.report();
}

class Collection {
  readonly #store: DiskStore;
  readonly #options: GcOptions;
  readonly #runs = new Map<RunId, RetainedRun>();
  #gone: ReadonlySet<RunId> = new Set();
  #owed: readonly OwedRef[] = [];
  #heldBack = { pinned: 0, golden: 0, in_use: 0 };
  #needed = new Set<Digest>();
  #removed = { blobs: 0, bytes: 0 };
  #kept = { blobs: 0, bytes: 0 };

  constructor(store: DiskStore, options: GcOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Reads all records, without blocking any process. */
  async mark(): Promise<void> {
    refuseDamagedSegments(this.#store);
    const yieldTimer = new YieldTimer();
    for (const id of this.#newcomers(this.#store.reader.runIds())) {
      this.#admit(id);
      if (yieldTimer.isDue) await yieldTimer.yield();
    }
  }

  async sweepRuns(): Promise<void> {
    await this.#inTurn(async () => {
      this.#catchUp();
      this.#gone = this.#expired();
      const remaining = [...this.#runs.values()].filter(({ id }) => !this.#gone.has(id));
      if (this.#gone.size > 0 && this.#options.dryRun !== true)
        this.#owed = await removeRuns(this.#store, this.#gone, remaining);
      for (const id of this.#gone) this.#runs.delete(id);
      if (this.#gone.size > 0 && this.#options.dryRun !== true)
        await this.#store.remarkFiles.sweep((id) => this.#runs.has(id));
      this.#needed = new Set(this.#options.goldens ?? []);
      for (const run of remaining) for (const digest of run.blobs.keys()) this.#needed.add(digest);
    });
  }

  async sweepBlobs(): Promise<void> {
    const yieldTimer = new YieldTimer();
    let batch: Digest[] = [];
    for (const digest of blobFiles(this.#store.reader)) {
      if (yieldTimer.isDue) await yieldTimer.yield();
      if (this.#needed.has(digest)) this.#count(this.#kept, digest);
      else batch.push(digest);
      if (batch.length < TURN) continue;
      await this.#removeBlobs(batch);
      batch = [];
    }
    if (batch.length > 0) await this.#removeBlobs(batch);
  }

  /**
   * Removes segments without live contents, writes refs that had no room, and moves the live contents of
   * mostly dead segments into new ones.
   */
  async finish(): Promise<void> {
    const hasSegments = this.#store.reader.segments !== undefined && this.#options.dryRun !== true;
    if (hasSegments) await this.#inTurn(() => removeDead(this.#store));
    if (this.#owed.length > 0) await this.#inTurn(() => writeOwedRefs(this.#store, this.#owed));
    for (let more = hasSegments; more;) {
      await this.#inTurn(async () => {
        more = await mergeDying(this.#store);
      });
    }
  }

  report(): GcReport {
    return {
      dry_run: this.#options.dryRun === true,
      runs_removed: [...this.#gone].sort(),
      runs_kept: this.#runs.size,
      held_back: this.#heldBack,
      blobs_removed: this.#removed.blobs,
      bytes_freed: this.#removed.bytes,
      blobs_kept: this.#kept.blobs,
      bytes_kept: this.#kept.bytes,
      bytes_over_limit: Math.max(0, this.#kept.bytes - (this.#options.maxSize ?? Infinity)),
    };
  }

  async #removeBlobs(batch: readonly Digest[]): Promise<void> {
    await this.#inTurn(() => {
      this.#catchUp();
      for (const digest of batch) {
        if (this.#needed.has(digest)) {
          this.#count(this.#kept, digest);
          continue;
        }
        this.#count(this.#removed, digest);
        if (this.#options.dryRun === true) continue;
        const path = relative.blob(digest);
        onFile('remove', path, () => this.#store.reader.files.remove(this.#store.reader.path(path)));
      }
    });
    this.#options.onProgress?.(this.#removed);
  }

  /** No writer publishes during a turn, so every needed blob is named by a visible record. */
  async #inTurn(work: () => void | Promise<void>): Promise<void> {
    if (this.#options.dryRun === true) await work();
    else await this.#store.maintenance().lease.exclusively(work);
    await nextTurn();
  }

  /** Reads the records that appeared since the last turn, and drops those that another gc removed. */
  #catchUp(): void {
    const ids = this.#store.reader.runIds();
    const present = new Set(ids);
    for (const id of [...this.#runs.keys()]) if (!present.has(id)) this.#runs.delete(id);
    for (const id of this.#newcomers(ids)) this.#admit(id);
  }

  #newcomers(ids: readonly RunId[]): readonly RunId[] {
    // A removed run may be published again; only a dry run still sees those it would remove.
    const passed = this.#options.dryRun === true ? this.#gone : new Set<RunId>();
    return ids.filter((id) => !this.#runs.has(id) && !passed.has(id));
  }

  #admit(id: RunId): void {
    const record = this.#record(id);
    if (record === undefined) return;
    const run = retainedRun(record);
    this.#runs.set(id, run);
    for (const digest of run.blobs.keys()) this.#needed.add(digest);
  }

  /** The message names the remedy: nothing else shows that gc needs another command first. */
  #record(id: RunId): RunRecord | undefined {
    try {
      return this.#store.reader.run(id);
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'STORE_RECORD_CORRUPT') throw error;
      throw new AetherError(error.code, `${error.message}; ${WAY_OUT}`, error);
    }
  }

  #count(into: { blobs: number; bytes: number }, digest: Digest): void {
    into.blobs += 1;
    into.bytes += blobSize(this.#store.reader, digest);
  }

  /** Pins and relied runs are read during the turn, so that the latest ones count. */
  #expired(): ReadonlySet<RunId> {
    const runs = [...this.#runs.values()];
    const { now, goldens = new Set<Digest>() } = this.#options;
    const pinned = new Set(pinnedRuns(this.#store));
    const golden = goldenRuns(runs, goldens);
    const relied = this.#store.reliedRuns();
    const without = expiredRuns(runs, this.#options, { roots: new Set(), now });
    const isGolden = (id: RunId): boolean => golden.has(id) && !pinned.has(id);
    this.#heldBack = {
      pinned: without.filter((id) => pinned.has(id)).length,
      golden: without.filter(isGolden).length,
      in_use: without.filter((id) => relied.has(id) && !pinned.has(id) && !golden.has(id)).length,
    };
    const roots = new Set([...pinned, ...golden, ...relied]);
    return new Set(expiredRuns(runs, this.#options, { roots, now }));
  }
}

const WAY_OUT = 'gc cannot determine what it needs until aether store verify --repair has set it aside';

/** The records in a segment with a damaged index are unknown. @throws AetherError STORE_RECORD_CORRUPT */
function refuseDamagedSegments({ reader }: DiskStore): void {
  const damaged = reader.segments?.view.segments().find(({ isWhole }) => !isWhole);
  if (damaged === undefined) return;
  const path = relative.segment(damaged.digest);
  throw new AetherError('STORE_RECORD_CORRUPT', `${path} has a damaged index; ${WAY_OUT}`);
}
