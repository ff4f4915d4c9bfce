import type { Digest } from '../base/digest.js';
import { sha256 } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import type { RunId } from '../base/run-id.js';
import { isSameRun, withArrival } from './arrival.js';
import { summariseBatch, type BatchSummary } from './batch-index.js';
import { requireStoreName } from './layout.js';
import type { ArtefactStore, Publication, Reliance, StagedBlob, StagerSpec } from './port.js';
import { firstArrival } from './publish/stamp-arrivals.js';
import { storedBlobs } from './publish/publish-job.js';
import { parseBatchFile, parseRemarkFile, parseRunFile, sealRecord } from './record-file.js';
import type { BatchRecord, RunRecord } from './record-types.js';
import type { NewRemark, Remark } from './remarks/remark.js';
import { takesKey, takesName } from './ref-claims.js';
import { summarise, type RunSummary } from './run-index.js';

/** A store in memory. Records are kept as text, so that a caller cannot change a stored record. */
export class MemoryStore implements ArtefactStore {
  readonly location = 'memory';
  readonly stager: StagerSpec = { at: 'memory' };
  readonly #blobs = new Map<Digest, Uint8Array>();
  readonly #runs = new Map<RunId, string>();
  readonly #batches = new Map<string, string>();
  readonly #remarks = new Map<string, string>();
  readonly #keys = new Map<Digest, RunId>();
  readonly #latest = new Map<string, RunId>();
  #arrivals = 0;

  async publish(run: Publication): Promise<void> {
    const { record, blobs } = run;
    requireStoreName(record.id, 'run id');
    requireStoreName(record.name, 'run name');
    const existing = this.#read(record.id);
    if (existing !== undefined && !isSameRun(existing, record)) {
      throw new AetherError('STORE_RUN_EXISTS', `a different run is already published as ${record.id}`);
    }
    for (const blob of blobs) this.#admit(blob);
    for (const { digest } of storedBlobs(record)) {
      if (this.#blobs.has(digest)) continue;
      throw new AetherError('STORE_BLOB_MISSING', `blob ${digest} was neither staged nor stored`);
    }
    const { id, input_key, name } = record;
    const isLatest = takesName(run, () => this.#read(this.#latest.get(name)));
    const arrival = existing !== undefined ? existing.arrival : isLatest ? this.#nextArrival() : undefined;
    this.#runs.set(id, sealRecord(withArrival(record, arrival)));
    if (takesKey(run, () => this.#read(this.#keys.get(input_key)))) this.#keys.set(input_key, id);
    if (isLatest) this.#latest.set(name, id);
  }

  async rely(runs: readonly RunId[]): Promise<Reliance> {
    const gone = runs.filter((id) => !this.#runs.has(id)).sort();
    return { gone, release: () => undefined };
  }

  #admit(blob: StagedBlob): void {
    if (blob.at !== 'memory') {
      throw new AetherError('STORE_BAD_STAGE', 'a blob staged on disk cannot be published in memory');
    }
    if (sha256(blob.bytes) !== blob.digest) {
      throw new AetherError('STORE_BLOB_CORRUPT', `staged blob ${blob.digest} does not match its digest`);
    }
    if (!this.#blobs.has(blob.digest)) this.#blobs.set(blob.digest, new Uint8Array(blob.bytes));
  }

  #nextArrival(): number {
    this.#arrivals += 1;
    return firstArrival(this.#arrivals);
  }

  async discard(): Promise<void> {
    // Staged bytes belong to the caller.
  }

  async blob(digest: Digest): Promise<Uint8Array> {
    const bytes = this.#blobs.get(digest);
    if (bytes === undefined) throw new AetherError('STORE_BLOB_MISSING', `blob ${digest} is missing`);
    return new Uint8Array(bytes);
  }

  async hasBlob(digest: Digest): Promise<boolean> {
    return this.#blobs.has(digest);
  }

  async run(id: RunId): Promise<RunRecord | undefined> {
    return this.#read(id);
  }

  #read(id: RunId | undefined): RunRecord | undefined {
    const text = id === undefined ? undefined : this.#runs.get(id);
    return id === undefined || text === undefined ? undefined : parseRunFile(text, id, `runs/${id}`);
  }

  async runIds(): Promise<readonly RunId[]> {
    return [...this.#runs.keys()].sort();
  }

  async runForKey(key: Digest): Promise<RunRecord | undefined> {
    return this.#read(this.#keys.get(key));
  }

  async latestRun(name: string): Promise<RunRecord | undefined> {
    return this.#read(this.#latest.get(name));
  }

  async putBatch(batch: BatchRecord): Promise<void> {
    requireStoreName(batch.id, 'batch id');
    this.#batches.set(batch.id, sealRecord(withArrival(batch, this.#nextArrival())));
  }

  async addRemark(remark: NewRemark): Promise<Remark> {
    requireStoreName(remark.id, 'remark id');
    const gone = remark.runs.find((id) => !this.#runs.has(id));
    if (gone !== undefined) throw new AetherError('STORE_RUN_MISSING', `there is no run ${gone}`);
    const text = this.#remarks.get(remark.id);
    if (text !== undefined) return parseRemarkFile(text, remark.id, `remarks/${remark.id}`);
    const runs = [...new Set(remark.runs)].sort();
    const placed: Remark = { schema: 'aether-remark/1', ...remark, runs, seq: this.#remarks.size + 1 };
    this.#remarks.set(remark.id, sealRecord(placed));
    return placed;
  }

  remarkIds(): Promise<readonly string[]> {
    return Promise.resolve([...this.#remarks.keys()].sort());
  }

  async remarks(): Promise<readonly Remark[]> {
    return [...this.#remarks].map(([id, text]) => parseRemarkFile(text, id, `remarks/${id}`));
  }

  async batch(id: string): Promise<BatchRecord | undefined> {
    return this.#readBatch(id);
  }

  #readBatch(id: string): BatchRecord | undefined {
    const text = this.#batches.get(id);
    return text === undefined ? undefined : parseBatchFile(text, id, `batches/${id}`);
  }

  /** The summary of every run, by id. */
  runSummaries(): readonly RunSummary[] {
    return [...this.#runs.keys()].sort().map((id) => summarise(this.#read(id)!));
  }

  /** The summary of every batch, by id. */
  batchSummaries(): readonly BatchSummary[] {
    return [...this.#batches.keys()].sort().map((id) => summariseBatch(this.#readBatch(id)!));
  }

  async batchIds(): Promise<readonly string[]> {
    return [...this.#batches.keys()].sort();
  }

  async close(): Promise<void> {
    // Nothing is pending and nothing is locked.
  }
}
