import pLimit from 'p-limit';
import type { Digest } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import type { TreeFiles, TreePlatform } from '../base/ports.js';
import type { RunId } from '../base/run-id.js';
import { withArrival } from './arrival.js';
import { batchIndex, summariseBatch, type BatchSummary } from './batch-index.js';
import type { OutcomePieces } from './batch-outcomes.js';
import { largeOutcomes } from './large-outcomes.js';
import { ArrivalCounter } from './publish/arrival-counter.js';
import { commitGroup } from './publish/commit-group.js';
import { completeRefs } from './publish/complete-refs.js';
import { DiskReader } from './disk-reader.js';
import { DurableWriter } from './publish/durable-writer.js';
import { DiskRemarks } from './remarks/disk-remarks.js';
import type { NewRemark, Remark } from './remarks/remark.js';
import { FactsCache } from './facts/facts-cache.js';
import { FactsSaver } from './facts/facts-saver.js';
import type { FactsSource } from './facts/facts-source.js';
import { isStoreName, relative, requireStoreName, STORE_FORMATS, type StoreFormat } from './layout.js';
import type { StoreNotice } from './sharing/notice.js';
import { openRoot, type OpenedRoot, type OpenMode } from './open-root.js';
import { BlobPlacer } from './publish/place-blobs.js';
import type { ArtefactStore, Publication, Reliance, StagedBlob, StagerSpec } from './port.js';
import { PublishJob, tempsOf } from './publish/publish-job.js';
import { GROUP_LIMITS, PublishQueue } from './publish/publish-queue.js';
import { sealRecord } from './record-file.js';
import { RecordedAnswers } from './recorded-answers.js';
import type { BatchRecord, RunRecord } from './record-types.js';
import { DiskRuns } from './disk-runs.js';
import { indexed, type RunSummary } from './run-index.js';
import type { RunList } from './run-list.js';
import type { RecordIndex } from './record-index.js';
import { commitOf, firstArrival } from './publish/stamp-arrivals.js';
import { IndexedAnswers, type Standing } from './standing.js';
import type { StoreSegments } from './segments/segmented-tree.js';
import { storeError } from './system-error.js';
import { newTemp } from './sharing/process-tag.js';
import { DiskReliance } from './sharing/disk-reliance.js';
import { LockDirectory } from './sharing/lock-directory.js';
import { WriterLease } from './sharing/writer-lease.js';

export interface DiskStoreOptions {
  /** The directory of the store; may be a symlink to it. */
  readonly root: string;
  /** `read` creates nothing and refuses to publish; default `write`. */
  readonly mode?: OpenMode;
  /**
   * Opens a store whose store.json or directories are damaged, and repairs it when it is opened for writing.
   */
  readonly repair?: boolean;
  /** Format of a new store; default format 1. */
  readonly format?: StoreFormat;
  readonly platform: TreePlatform;
  /** Receives notices about healed blobs, swept leftovers, and the process the store waits for. */
  readonly onNotice?: (notice: StoreNotice) => void;
}

/**
 * Opens the store in a directory; for writing, a missing or empty directory becomes a store.
 *
 * @throws AetherError STORE_NOT_FOUND (reading), STORE_NOT_A_STORE, STORE_FORMAT, STORE_SYMLINK, STORE_FULL,
 * STORE_READ_ONLY, STORE_TOO_MANY_FILES, STORE_IO
 */
export async function openDiskStore(options: DiskStoreOptions): Promise<DiskStore> {
  const { root, platform, mode = 'write' } = options;
  const notice = options.onNotice ?? ((): void => undefined);
  const { format = STORE_FORMATS.plain } = options;
  const opened = await openRoot(root, { mode, platform, notice, format, repair: options.repair === true });
  const tree = await treeOf(opened, platform, notice);
  const reader = new DiskReader(opened.root, tree.files, tree.segments);
  const over = { ...platform, files: tree.files };
  const lease = mode === 'write' ? WriterLease.take(reader, over, notice) : undefined;
  const store = new DiskStore({ location: root, reader, platform: over, lease, notice });
  await store.completeRefs();
  return store;
}

/**
 * The files of a store, including the contents of segments if its format has them; their code is loaded only
 * then.
 */
async function treeOf(
  { root, format }: OpenedRoot,
  platform: TreePlatform,
  notice: (notice: StoreNotice) => void,
): Promise<{ readonly files: TreeFiles; readonly segments?: StoreSegments }> {
  if (format === STORE_FORMATS.plain) return { files: platform.files };
  const { segmentedTree } = await import('./segments/segmented-tree.js');
  return segmentedTree(root, platform, notice);
}

interface DiskStoreParts {
  readonly location: string;
  readonly reader: DiskReader;
  readonly platform: TreePlatform;
  /** Absent when opened for reading. */
  readonly lease: WriterLease | undefined;
  readonly notice: (notice: StoreNotice) => void;
}

/** The writing part of an open store, for gc, pins and repair. */
export interface Maintenance {
  readonly lease: WriterLease;
  readonly writer: DurableWriter;
  readonly platform: TreePlatform;
  /** Allocates the number of a commit. */
  readonly commit: () => number;
}

/** The artefact tree on a file system. */
export class DiskStore implements ArtefactStore {
  readonly location: string;
  readonly stager: StagerSpec;
  readonly reader: DiskReader;
  #lease: WriterLease | undefined;
  readonly #notice: (notice: StoreNotice) => void;
  readonly #platform: TreePlatform;
  readonly #writer: DurableWriter;
  readonly #queue: PublishQueue;
  readonly #index: DiskRuns;
  readonly #batches: RecordIndex<BatchSummary>;
  readonly #facts: FactsCache;
  readonly #saver: FactsSaver;
  /** One at a time, so that each remark gets its own place in the order. */
  readonly #remarking = pLimit(1);
  readonly remarkFiles: DiskRemarks;
  readonly #arrivals: ArrivalCounter;
  readonly #answers: RecordedAnswers;
  readonly #standing: IndexedAnswers;
  /** The indexes have something to add, and there are runs among it. */
  #published = false;
  #hasRuns = false;
  /** Damaged records that a notice was given of. */
  readonly #unreadable = new Set<string>();

  constructor(parts: DiskStoreParts) {
    const { reader, platform, lease, notice } = parts;
    this.location = parts.location;
    const { segments } = reader;
    this.stager = { at: 'disk', root: reader.root, ...(segments && { small: segments.small }) };
    this.reader = reader;
    this.#lease = lease;
    this.#notice = notice;
    this.#platform = platform;
    this.#index = new DiskRuns(reader);
    this.#batches = batchIndex(reader);
    this.#facts = new FactsCache(reader);
    this.#saver = new FactsSaver(reader, platform.processes);
    const arrivals = (this.#arrivals = new ArrivalCounter(reader, () => this.#lastCommit()));
    this.#answers = new RecordedAnswers(reader, this.#index);
    this.#standing = new IndexedAnswers(reader, this.#index);
    const writer = (this.#writer = new DurableWriter(reader.root, platform));
    this.remarkFiles = new DiskRemarks(reader, writer);
    const placer = new BlobPlacer(reader, notice, () => newTemp(platform.processes));
    this.#queue = new PublishQueue(
      async (jobs) => {
        try {
          await this.#writing().whileProtected((stillProtected) =>
            commitGroup(
              { reader, placer, writer, arrivals, notice, stillProtected, ...(segments && { segments }) },
              jobs,
            ),
          );
        } catch (error) {
          for (const job of jobs) job.fail(storeError(error, 'publish to', this.location));
        }
        for (const job of jobs) if (job.failure !== undefined) this.#drop(job.blobs);
        if (this.#index.isFarBehind) this.#index.savePacked(platform.processes);
      },
      segments === undefined ? GROUP_LIMITS.plain : GROUP_LIMITS.segmented,
    );
  }

  async publish(run: Publication): Promise<void> {
    this.#writing();
    const job = new PublishJob(run, this.reader.segments !== undefined);
    await this.#queue.add(job);
    this.#published = this.#hasRuns = true;
    if (job.owesRefs) return;
    const { published } = job;
    this.#index.vouchFor(published.id, indexed(published, job.sealed()));
    this.#saver.add(published);
  }

  /** Writes the references that earlier writers owed; no effect in a store open for reading. */
  async completeRefs(): Promise<void> {
    if (this.#lease === undefined) return;
    const parts = { reader: this.reader, writer: this.#writer, lease: this.#lease, notice: this.#notice };
    if ((await completeRefs(parts, this.#index)) > 0) this.#published = this.#hasRuns = true;
  }

  /** Protected from gc, so that no run is removed between the check and the list. */
  async rely(runs: readonly RunId[]): Promise<Reliance> {
    const lease = this.#writing();
    return lease.whileProtected(async () => {
      const there: RunId[] = [];
      const gone: RunId[] = [];
      for (const id of runs) (this.reader.hasRun(id) ? there : gone).push(id);
      const reliance = new DiskReliance(lease, gone.sort());
      reliance.add(there);
      return reliance;
    });
  }

  /** Runs that living processes rely on. */
  reliedRuns(): ReadonlySet<RunId> {
    return this.#lease?.reliedRuns() ?? new LockDirectory(this.reader, this.#platform).reliedRuns();
  }

  async discard(blobs: readonly StagedBlob[]): Promise<void> {
    this.#drop(blobs);
  }

  async blob(digest: Digest): Promise<Uint8Array> {
    return this.reader.blob(digest);
  }

  async hasBlob(digest: Digest): Promise<boolean> {
    return this.reader.hasBlob(digest);
  }

  async run(id: RunId): Promise<RunRecord | undefined> {
    return this.reader.run(id);
  }

  async runIds(): Promise<readonly RunId[]> {
    return this.reader.runIds();
  }

  /**
   * A damaged record does not count as a result: the run is executed again, and a notice gives the reason. A
   * run whose writer died before it wrote the ref does count: the record completes the run.
   */
  async runForKey(key: Digest): Promise<RunRecord | undefined> {
    return this.#orUnreadable(relative.ref('keys', key), () => {
      const answers = (run: RunRecord): boolean => run.input_key === key && run.answers !== false;
      const run = this.reader.runByRef('keys', key, answers);
      return run ?? this.#answers.runFor(key, this.reader.refTarget('keys', key) !== undefined);
    });
  }

  /** As runForKey, in short. */
  async standingFor(key: Digest): Promise<Standing | undefined> {
    return this.#standing.runFor(key) ?? this.runForKey(key);
  }

  /**
   * Reads the segments once and ignores later changes until the store is closed: for commands that only read,
   * and read often.
   */
  keepStill(): void {
    this.reader.segments?.view.keepStill();
  }

  /** Returns the result of `read`; undefined if it meets a damaged record, which is reported once. */
  #orUnreadable(path: string, read: () => RunRecord | undefined): RunRecord | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'STORE_RECORD_CORRUPT') throw error;
      const { message } = error;
      if (!this.#unreadable.has(message)) this.#notice({ type: 'record_unreadable', path, message });
      this.#unreadable.add(message);
      return undefined;
    }
  }

  /** Like runForKey, a damaged record does not count: it must not keep other runs of a batch from running. */
  async latestRun(name: string): Promise<RunRecord | undefined> {
    if (!isStoreName(name)) return undefined;
    return this.#orUnreadable(relative.ref('scenarios', name), () =>
      this.reader.runByRef('scenarios', name, (run) => run.name === name),
    );
  }

  async putBatch(batch: BatchRecord): Promise<void> {
    this.#writing();
    requireStoreName(batch.id, 'batch id');
    const stamped = withArrival(batch, firstArrival(this.#arrivals.take()));
    await this.#writer.writeOne(relative.record('batches', batch.id), sealRecord(stamped), 0o444);
    this.#batches.vouchFor(batch.id, summariseBatch(stamped));
    this.#published = true;
  }

  async batch(id: string): Promise<BatchRecord | undefined> {
    return this.reader.batch(id);
  }

  /** Protected from gc, so that no run is removed between the check and the remark. */
  async addRemark(remark: NewRemark): Promise<Remark> {
    const lease = this.#writing();
    return this.#remarking(() => lease.whileProtected(() => this.remarkFiles.add(remark)));
  }

  remarkIds(): Promise<readonly string[]> {
    return Promise.resolve(this.remarkFiles.ids());
  }

  async remarks(): Promise<readonly Remark[]> {
    return this.remarkFiles.all();
  }

  async batchIds(): Promise<readonly string[]> {
    return this.reader.ids('batches');
  }

  /** The summary of every readable run, by id; from an index if there is one. */
  runSummaries(): readonly RunSummary[] {
    return this.#index.refresh().map(({ summary }) => summary);
  }

  /** All readable runs; reads no more than is used. */
  runList(): RunList {
    return this.#index.list();
  }

  /** Ids of runs with damaged records, ascending. */
  damagedRuns(): readonly RunId[] {
    return this.#index.damaged();
  }

  /** Ids of runs that begin with a text, ascending. */
  runIdsWithPrefix(prefix: string): readonly RunId[] {
    return this.#index.withPrefix(prefix);
  }

  /** The summary of every readable batch, by id; from an index if there is one. */
  batchSummaries(): readonly BatchSummary[] {
    return this.#batches.refresh();
  }

  /** The outcomes of a batch with a large record. */
  largeOutcomes(id: string): OutcomePieces | undefined {
    return largeOutcomes(this.reader, id);
  }

  /** The facts of every readable run, from a cache if there is one. */
  facts(): FactsSource {
    return this.#facts;
  }

  /** The highest commit number in any record. */
  #lastCommit(): number {
    const batches = this.#batches.refresh();
    return commitOf(batches.reduce((last, { arrival = 0 }) => Math.max(last, arrival), this.#index.last()));
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    if (this.#published) {
      this.#index.save(this.#platform.processes);
      this.#batches.save(this.#platform.processes);
      if (this.#hasRuns) this.#saver.finish(this.#index.count());
    } else if (this.#lease !== undefined && this.#index.isFarBehind) {
      this.#index.savePacked(this.#platform.processes);
    }
    this.#lease?.release();
    this.#lease = undefined;
  }

  /**
   * Access for maintenance to change the tree.
   *
   * @throws AetherError STORE_READ_ONLY unless the store is open for writing
   */
  maintenance(): Maintenance {
    return {
      lease: this.#writing(),
      writer: this.#writer,
      platform: this.#platform,
      commit: () => this.#arrivals.take(),
    };
  }

  /** @throws AetherError STORE_READ_ONLY unless the store is open for writing */
  #writing(): WriterLease {
    if (this.#lease !== undefined) return this.#lease;
    throw new AetherError('STORE_READ_ONLY', `${this.location} is not open for writing`);
  }

  /** A temporary file that cannot be removed now is swept when its process has ended. */
  #drop(blobs: readonly StagedBlob[]): void {
    for (const temp of tempsOf(blobs)) {
      try {
        this.reader.files.remove(this.reader.path(temp));
      } catch {
        // Nothing reads tmp/; report the original error.
      }
    }
  }
}
