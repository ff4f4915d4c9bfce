import type { Digest } from '../base/digest.js';
import type { RunId } from '../base/run-id.js';
import type { BatchRecord, RunRecord } from './record-types.js';
import type { NewRemark, Remark } from './remarks/remark.js';

/**
 * Bytes written to a place that no reader uses; becomes a blob when its run is published. Plain data, can be
 * sent to other threads.
 */
export type StagedBlob =
  | { readonly at: 'disk'; readonly digest: Digest; readonly size: number; readonly temp: string }
  | { readonly at: 'memory'; readonly digest: Digest; readonly size: number; readonly bytes: Uint8Array };

/** Data with which another thread opens a stager for the same store. Plain data. */
export type StagerSpec =
  | {
      readonly at: 'disk';
      readonly root: string;
      /** Present if small blobs are kept in memory until they are published. */
      readonly small?: SmallBlobs;
    }
  | { readonly at: 'memory' };

/** The blobs that a stager keeps in memory. */
export interface SmallBlobs {
  /** Maximum size of a blob in bytes. */
  readonly each: number;
  /** Maximum total size in bytes. */
  readonly together: number;
}

/** Synchronous: it is called inside the tick loop, usually on a worker thread. */
export interface BlobStager {
  /**
   * Hashes and stages the bytes; the caller may reuse them after the call. Throws AetherError (STORE_*) on
   * failure.
   */
  put(bytes: Uint8Array): StagedBlob;
}

/**
 * Runs that a process still needs, such as the cached and new results of a batch. No gc removes these runs
 * until it is released or its process ends.
 */
export interface Reliance {
  /** Ids of requested runs that do not exist, ascending. */
  readonly gone: readonly RunId[];
  release(): void;
}

/** A run to be published. */
export interface Publication {
  readonly record: RunRecord;
  readonly blobs: readonly StagedBlob[];
  /**
   * True for a run that answers for its input key: a completed one, or a faulted one whose fault was
   * expected.
   */
  readonly cacheable: boolean;
  /** True for a run from another store; it takes no valid ref from an existing run. */
  readonly imported?: boolean;
  /** The run is added to this reliance as soon as it exists. */
  readonly reliance?: Reliance;
}

/**
 * Reading of the content-addressed artefact tree. Obligations of every adapter:
 * - a blob, once readable, is complete, immutable, and matches its name;
 * - reads verify digests and never return bytes that do not match;
 * - nothing in the tree is changed.
 */
export interface ArtefactReader {
  /** For messages: the directory, or `memory`. */
  readonly location: string;
  /** Whole content of a blob. Throws AetherError STORE_BLOB_MISSING or STORE_BLOB_CORRUPT. */
  blob(digest: Digest): Promise<Uint8Array>;
  hasBlob(digest: Digest): Promise<boolean>;
  /** The record of a run, by its full id. Throws AetherError STORE_RECORD_CORRUPT. */
  run(id: RunId): Promise<RunRecord | undefined>;
  /** Ids of all runs, ascending. */
  runIds(): Promise<readonly RunId[]>;
  /** The run that answers for this input key, if its record exists. */
  runForKey(key: Digest): Promise<RunRecord | undefined>;
  /** The latest published run with this name, if its record exists. */
  latestRun(name: string): Promise<RunRecord | undefined>;
  /** The record of a batch, by its full id. Throws AetherError STORE_RECORD_CORRUPT. */
  batch(id: string): Promise<BatchRecord | undefined>;
  /** Ids of all batches, ascending. */
  batchIds(): Promise<readonly string[]>;
  /** Ids of all remarks. A remark never changes, so equal ids mean equal remarks. */
  remarkIds(): Promise<readonly string[]>;
  /** Every readable remark, in no particular order. */
  remarks(): Promise<readonly Remark[]>;
  /** Finishes grouped work and releases locks. */
  close(): Promise<void>;
}

/**
 * The content-addressed artefact tree, open for writing. Obligations of every adapter, in addition to those
 * of reading:
 * - a run record is readable only after all its stored blobs are durable, a ref only after its record;
 * - publish is idempotent by run id and safe from several processes at once.
 */
export interface ArtefactStore extends ArtefactReader {
  readonly stager: StagerSpec;
  /**
   * Publishes blobs, then the record, then the refs that the run may take (ref-claims.ts). Resolves once
   * everything is durable; concurrent calls are grouped to share fsyncs.
   */
  publish(run: Publication): Promise<void>;
  /**
   * Protects runs from gc, and reports which of them do not exist.
   *
   * @throws AetherError STORE_*
   */
  rely(runs: readonly RunId[]): Promise<Reliance>;
  /** Drops staged blobs that will not be published. */
  discard(blobs: readonly StagedBlob[]): Promise<void>;
  putBatch(batch: BatchRecord): Promise<void>;
  /**
   * Stores a remark about runs durably; an existing remark with the same id is unchanged.
   *
   * @throws AetherError STORE_RUN_MISSING when one of its runs does not exist
   */
  addRemark(remark: NewRemark): Promise<Remark>;
}
