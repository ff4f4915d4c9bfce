import type { Digest } from '../base/digest.js';
import type { BatchRecord, RunRecord } from './records.js';
import type { NewRemark, Remark } from './remarks/remark.js';

/** Bytes written where no reader looks yet; becomes a blob when its run is published. Plain data, crosses threads. */
export type StagedBlob =
  | { readonly at: 'disk'; readonly digest: Digest; readonly size: number; readonly temp: string }
  | { readonly at: 'memory'; readonly digest: Digest; readonly size: number; readonly bytes: Uint8Array };

/** How another thread builds a stager for the same store. Plain data. */
export type StagerSpec =
  | {
      readonly at: 'disk';
      readonly root: string;
      /** Present where small blobs are kept in memory until they are published. */
      readonly small?: SmallBlobs;
    }
  | { readonly at: 'memory' };

/** Which blobs a stager keeps in memory. */
export interface SmallBlobs {
  /** Most bytes of a blob. */
  readonly each: number;
  /** Most bytes of all of them together. */
  readonly together: number;
}

/** Synchronous: it is called from inside the tick loop, usually on a worker thread. */
export interface BlobStager {
  /** Hashes and stages the bytes, which the caller may reuse afterwards. Throws AetherError (STORE_*) on failure. */
  put(bytes: Uint8Array): StagedBlob;
}

/**
 * What somebody counts on who is not done with it, such as a batch with the results it found and those it made. No gc
 * removes these runs until it is released or the process that holds it is gone.
 */
export interface Reliance {
  /** Ids of the runs that were asked for and are not there, ascending. */
  readonly gone: readonly string[];
  release(): void;
}

/** A run on its way into the store. */
export interface Publication {
  readonly record: RunRecord;
  readonly blobs: readonly StagedBlob[];
  /** True for a run that answers for its input key: a completed one, or a faulted one whose fault was expected. */
  readonly cacheable: boolean;
  /** True for a run that comes from another store; it takes no ref from a run that stands there rightly. */
  readonly imported?: boolean;
  /** The run is relied upon from the moment it is there. */
  readonly reliance?: Reliance;
}

/**
 * Reading of the content-addressed artefact tree. Obligations of every adapter:
 * - a blob, once readable, is complete, immutable, and equal to its name;
 * - reads verify digests and never return bytes that do not match;
 * - nothing in the tree is changed.
 */
export interface ArtefactReader {
  /** For messages: the directory, or `memory`. */
  readonly location: string;
  /** Whole content of a blob. Throws AetherError STORE_BLOB_MISSING or STORE_BLOB_CORRUPT. */
  blob(digest: Digest): Promise<Uint8Array>;
  hasBlob(digest: Digest): Promise<boolean>;
  /** The record of a run, by its whole id. Throws AetherError STORE_RECORD_CORRUPT. */
  run(id: string): Promise<RunRecord | undefined>;
  /** Ids of all runs, ascending. */
  runIds(): Promise<readonly string[]>;
  /** The run that answers for this input key, if its record still stands. */
  runForKey(key: Digest): Promise<RunRecord | undefined>;
  /** The latest published run of that name, if its record still stands. */
  latestRun(name: string): Promise<RunRecord | undefined>;
  /** The record of a batch, by its whole id. Throws AetherError STORE_RECORD_CORRUPT. */
  batch(id: string): Promise<BatchRecord | undefined>;
  /** Ids of all batches, ascending. */
  batchIds(): Promise<readonly string[]>;
  /** Ids of all remarks: a remark never changes, so that other ids say that there are other remarks. */
  remarkIds(): Promise<readonly string[]>;
  /** Every readable remark, in no particular order. */
  remarks(): Promise<readonly Remark[]>;
  /** Finishes grouped work and gives up locks. */
  close(): Promise<void>;
}

/**
 * The content-addressed artefact tree, open for writing. Obligations of every adapter, beside those of reading:
 * - a run record is readable only after all its stored blobs are durable, a ref only after its record;
 * - publish is idempotent by run id and safe from several processes at once.
 */
export interface ArtefactStore extends ArtefactReader {
  readonly stager: StagerSpec;
  /**
   * Publishes blobs, then the record, then the refs that the run may take (ref-claims.ts). Resolves once everything is
   * durable; calls are grouped to share fsyncs.
   */
  publish(run: Publication): Promise<void>;
  /**
   * Keeps runs from gc, and tells which of them one has removed already.
   *
   * @throws AetherError STORE_*
   */
  rely(runs: readonly string[]): Promise<Reliance>;
  /** Drops staged blobs that will not be published. */
  discard(blobs: readonly StagedBlob[]): Promise<void>;
  putBatch(batch: BatchRecord): Promise<void>;
  /**
   * Keeps what somebody said of runs, durably; one whose id is there already stays as it is.
   *
   * @throws AetherError STORE_RUN_MISSING when one of its runs is not there
   */
  addRemark(remark: NewRemark): Promise<Remark>;
}
