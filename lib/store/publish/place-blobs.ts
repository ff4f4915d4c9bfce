import type { Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { TreeFiles } from '../../base/ports.js';
import { boundedEach } from './bounded-each.js';
import type { DiskReader } from '../disk-reader.js';
import { SYNC_LANES } from './durable-writer.js';
import { relative } from '../layout.js';
import type { StoreNotice } from '../sharing/notice.js';
import { storedBlobs, type PublishJob } from './publish-job.js';
import { storeError } from '../system-error.js';
import { setAside } from '../upkeep/set-aside.js';
import { VerifiedBlobs } from './verified-blobs.js';

/** One digest that a group of runs needs, with every temp that holds it. */
interface Placement {
  readonly digest: Digest;
  readonly size: number;
  readonly temps: string[];
  readonly jobs: Set<PublishJob>;
}

/** Brings the blobs of a group of runs into place, durably and each digest once. */
export class BlobPlacer {
  readonly #reader: DiskReader;
  readonly #files: TreeFiles;
  readonly #notice: (notice: StoreNotice) => void;
  readonly #verified = new VerifiedBlobs();
  /** Fan directories this process has made sure of. */
  readonly #fans = new Set<string>();
  /** Fan directories whose names must be synced before any record of the group. */
  #touched = new Set<string>();

  constructor(reader: DiskReader, notice: (notice: StoreNotice) => void) {
    this.#reader = reader;
    this.#files = reader.files;
    this.#notice = notice;
  }

  /** Afterwards every job either has all its blobs durable or has failed. Runs of one placer must not overlap. */
  async place(jobs: readonly PublishJob[]): Promise<void> {
    const placements = gather(jobs);
    this.#touched = new Set();
    await boundedEach(placements.values(), SYNC_LANES, async (placement) => {
      try {
        await this.#settle(placement);
      } catch (error) {
        failAll(placement, storeError(error, 'publish', relative.blob(placement.digest)));
      }
    });
    const unsynced = await this.#syncTouched();
    for (const placement of placements.values()) {
      const fan = relative.blobFan(placement.digest);
      const error = unsynced.get(fan);
      if (error !== undefined) failAll(placement, error);
      else if (this.#touched.has(fan)) this.#remember(placement.digest);
    }
  }

  async #settle(placement: Placement): Promise<void> {
    const condition = await this.#standing(placement);
    if (condition === 'good') {
      this.#drop(placement.temps);
      return;
    }
    const path = relative.blob(placement.digest);
    if (placement.temps.length > 0) {
      const kept = condition === 'corrupt' ? await setAside(this.#reader, path) : undefined;
      await this.#moveIn(placement);
      if (kept !== undefined) this.#notice({ type: 'blob_healed', digest: placement.digest, path, kept });
      return;
    }
    throw condition === 'missing'
      ? new AetherError('STORE_BLOB_MISSING', `${path} was neither staged nor stored`)
      : new AetherError('STORE_BLOB_CORRUPT', `${path} does not match its digest`);
  }

  /** Looks at the blob already in place, if any; a good one is made durable: its writer may not have come that far. */
  async #standing({ digest, size }: Placement): Promise<'good' | 'missing' | 'corrupt'> {
    const path = this.#reader.path(relative.blob(digest));
    const entry = this.#files.stat(path);
    if (entry === undefined) return 'missing';
    if (this.#verified.knows(digest, entry) && entry.size === size) return 'good';
    const condition = this.#reader.checkBlob(digest, size);
    if (condition === 'good') {
      await this.#files.sync(path);
      this.#touched.add(relative.blobFan(digest));
    }
    return condition;
  }

  /** Renames the first temp that can be made durable. */
  async #moveIn({ digest, temps }: Placement): Promise<void> {
    const fan = relative.blobFan(digest);
    this.#makeFan(fan);
    let failure: unknown;
    for (const temp of temps) {
      try {
        await this.#files.sync(this.#reader.path(temp));
        this.#files.rename(this.#reader.path(temp), this.#reader.path(relative.blob(digest)));
        this.#touched.add(fan);
        this.#drop(temps.filter((other) => other !== temp));
        return;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  #makeFan(fan: string): void {
    if (this.#fans.has(fan)) return;
    this.#files.makeDirectory(this.#reader.path(fan));
    this.#touched.add('blobs/sha256');
    this.#fans.add(fan);
  }

  /** Syncs each touched directory once; returns those that failed. */
  async #syncTouched(): Promise<Map<string, Error>> {
    const failed = new Map<string, Error>();
    await boundedEach(this.#touched, SYNC_LANES, async (directory) => {
      try {
        await this.#files.sync(this.#reader.path(directory));
      } catch (error) {
        failed.set(directory, storeError(error, 'sync', directory));
      }
    });
    const parent = failed.get('blobs/sha256');
    if (parent === undefined) return failed;
    // Which fans were new is not kept; none of the touched ones may be relied on.
    this.#fans.clear();
    for (const directory of this.#touched) failed.set(directory, parent);
    return failed;
  }

  #remember(digest: Digest): void {
    const entry = this.#files.stat(this.#reader.path(relative.blob(digest)));
    if (entry !== undefined) this.#verified.add(digest, entry);
  }

  #drop(temps: readonly string[]): void {
    for (const temp of temps) this.#files.remove(this.#reader.path(temp));
  }
}

/** Everything the jobs staged, and everything else their records rely on. */
function gather(jobs: readonly PublishJob[]): Map<Digest, Placement> {
  const placements = new Map<Digest, Placement>();
  const need = (job: PublishJob, { digest, size }: { digest: Digest; size: number }): Placement => {
    let placement = placements.get(digest);
    if (placement === undefined)
      placements.set(digest, (placement = { digest, size, temps: [], jobs: new Set() }));
    placement.jobs.add(job);
    return placement;
  };
  for (const job of jobs) {
    for (const blob of job.blobs) need(job, blob).temps.push(blob.temp);
    for (const blob of storedBlobs(job.record)) need(job, blob);
  }
  return placements;
}

function failAll(placement: Placement, error: Error): void {
  for (const job of placement.jobs) job.fail(error);
}
