import { checkBlob } from '../upkeep/verify-blobs.js';
import { sha256, type Digest } from '../../base/digest.js';
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
import type { SegmentDraft } from '../segments/segment-format.js';
import { BLOB_MODE } from './stager.js';
import { VerifiedBlobs } from './verified-blobs.js';

/** One digest that a group of runs needs, with every temporary file that contains it. */
interface Placement {
  readonly digest: Digest;
  readonly size: number;
  readonly temps: string[];
  /** Its bytes, if they were staged in memory. */
  bytes: Uint8Array | undefined;
  readonly jobs: Set<PublishJob>;
}

/** Where small blobs are stored instead of separate files. */
export interface SmallPlace {
  readonly draft: SegmentDraft;
  /** Maximum size of a blob in bytes. */
  readonly each: number;
  /** True for a blob that the store does not contain. */
  readonly lacks: (digest: Digest) => boolean;
  /** False for a run whose blobs must be plain files. */
  readonly takes: (job: PublishJob) => boolean;
}

/** Moves the blobs of a group of runs into place, durably and each digest once. */
export class BlobPlacer {
  readonly #reader: DiskReader;
  readonly #files: TreeFiles;
  readonly #notice: (notice: StoreNotice) => void;
  readonly #newTemp: () => string;
  readonly #verified = new VerifiedBlobs();
  /** Fan directories that this process has created or checked. */
  readonly #fans = new Set<string>();
  /** Fan directories whose names must be synced before any record of the group. */
  #touched = new Set<string>();

  /** @param newTemp returns the path of a new temporary file, relative to the store */
  constructor(reader: DiskReader, notice: (notice: StoreNotice) => void, newTemp: () => string) {
    this.#reader = reader;
    this.#newTemp = newTemp;
    this.#files = reader.files;
    this.#notice = notice;
  }

  /**
   * Afterwards every job has all its blobs durable or in the draft of `small`, or has failed. Calls of one
   * placer must not overlap.
   */
  async place(jobs: readonly PublishJob[], small?: SmallPlace): Promise<void> {
    const placements = gather(jobs);
    this.#touched = new Set();
    if (small !== undefined) drawNew(placements, small);
    await boundedEach(placements.values(), SYNC_LANES, async (placement) => {
      try {
        await this.#settle(placement, small);
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

  async #settle(placement: Placement, small: SmallPlace | undefined): Promise<void> {
    const condition = await this.#standing(placement);
    if (condition === 'good') {
      this.#drop(placement.temps);
      return;
    }
    const path = relative.blob(placement.digest);
    if (condition === 'missing' && (await this.#draw(placement, small))) return;
    if (placement.temps.length > 0 || placement.bytes !== undefined) {
      const kept = condition === 'corrupt' ? await setAside(this.#reader, path) : undefined;
      await this.#moveIn(placement);
      if (kept !== undefined) this.#notice({ type: 'blob_healed', digest: placement.digest, path, kept });
      return;
    }
    throw condition === 'missing'
      ? new AetherError('STORE_BLOB_MISSING', `${path} was neither staged nor stored`)
      : new AetherError('STORE_BLOB_CORRUPT', `${path} does not match its digest`);
  }

  /**
   * Checks the existing blob, if any; makes a good one durable, because its writer may not have synced it.
   */
  async #standing({ digest, size }: Placement): Promise<'good' | 'missing' | 'corrupt'> {
    const path = this.#reader.path(relative.blob(digest));
    const entry = this.#files.stat(path);
    if (entry === undefined) return 'missing';
    if (this.#verified.knows(digest, entry) && entry.size === size) return 'good';
    const condition = checkBlob(this.#reader, digest, size);
    if (condition === 'good') {
      await this.#files.sync(path);
      this.#touched.add(relative.blobFan(digest));
    }
    return condition;
  }

  /** Adds a small blob to the draft; false for a blob that needs a separate file. */
  async #draw({ digest, size, temps, bytes, jobs }: Placement, small?: SmallPlace): Promise<boolean> {
    if (small === undefined || size > small.each || ![...jobs].every(small.takes)) return false;
    const content = bytes ?? (await this.#contentOf(temps[0], digest));
    if (content === undefined) return false;
    small.draft.addBlob(digest, content);
    this.#drop(temps);
    return true;
  }

  /** Content of a temporary file; undefined if it differs from what was staged. */
  async #contentOf(temp: string | undefined, digest: Digest): Promise<Uint8Array | undefined> {
    const bytes = temp === undefined ? undefined : await this.#files.readBytes(this.#reader.path(temp));
    return bytes !== undefined && sha256(bytes) === digest ? bytes : undefined;
  }

  /** Renames the first temporary file that can be made durable. */
  async #moveIn({ digest, temps, bytes }: Placement): Promise<void> {
    const fan = relative.blobFan(digest);
    this.#makeFan(fan);
    if (temps.length === 0) temps.push(this.#write(bytes!));
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

  #write(bytes: Uint8Array): string {
    const temp = this.#newTemp();
    this.#files.create(this.#reader.path(temp), bytes, BLOB_MODE);
    return temp;
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
    // New fans are not recorded separately, so none of the touched ones can be trusted.
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

/**
 * Adds the small blobs in memory that the store lacks to the draft: for most runs, all of them. They are
 * placed then.
 */
function drawNew(placements: Map<Digest, Placement>, { draft, each, lacks, takes }: SmallPlace): void {
  for (const [digest, { size, temps, bytes, jobs }] of placements) {
    if (bytes === undefined || temps.length > 0 || size > each || !lacks(digest)) continue;
    if (![...jobs].every(takes)) continue;
    draft.addBlob(digest, bytes);
    placements.delete(digest);
  }
}

/** All blobs that the jobs staged, and all others that their records need. */
function gather(jobs: readonly PublishJob[]): Map<Digest, Placement> {
  const placements = new Map<Digest, Placement>();
  const need = (job: PublishJob, { digest, size }: { digest: Digest; size: number }): Placement => {
    let placement = placements.get(digest);
    if (placement === undefined)
      placements.set(digest, (placement = { digest, size, temps: [], bytes: undefined, jobs: new Set() }));
    placement.jobs.add(job);
    return placement;
  };
  for (const job of jobs) {
    for (const blob of job.blobs) {
      const placement = need(job, blob);
      if (blob.at === 'disk') placement.temps.push(blob.temp);
      else placement.bytes = blob.bytes;
    }
    for (const blob of storedBlobs(job.record)) need(job, blob);
  }
  return placements;
}

function failAll(placement: Placement, error: Error): void {
  for (const job of placement.jobs) job.fail(error);
}
