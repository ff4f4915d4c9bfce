import type { Digest } from '../base/digest.js';
import type { RunId } from '../base/run-id.js';
import type { BatchSummary } from '../store/batch-index.js';
import type { DiskStore } from '../store/disk-store.js';
import type { FactsSource } from '../store/facts/facts-source.js';
import type { ArtefactReader } from '../store/port.js';
import type { BatchRecord, RunRecord } from '../store/record-types.js';
import type { Remark } from '../store/remarks/remark.js';
import type { RunSummary } from '../store/run-index.js';
import { findBatch } from './find/find-batch.js';
import { found, notFound, type Lookup } from './find/lookup.js';
import { openRun } from './open-run.js';
import type { RunView } from './run-view.js';
import { selectRuns, type SelectedRuns, type SelectionHooks } from './selection/select-runs.js';
import type { Selected, Selection } from './selection/selection.js';
import { openSeries, type SeriesHooks, type SeriesQuery } from './series/open-series.js';
import { openTable } from './table/open-table.js';
import { readTable, type TableReader } from './table/table-reader.js';
import type { TableQuery } from './table/table.js';

/** The reading part of a store on disk. */
export type ReadableStore = Pick<
  DiskStore,
  keyof ArtefactReader | 'facts' | 'runSummaries' | 'batchSummaries'
>;

/**
 * A store open for reading. It has no writing methods and never changes the tree: derived data is held in
 * memory until the answer is dropped.
 *
 * A missing name is a value (`Lookup`, `Selected`). Damage and errors of the environment throw AetherError
 * with a stable code: STORE_BLOB_*, STORE_RECORD_CORRUPT, RUN_ARTEFACT_CORRUPT, REPLAY_MISMATCH, STORE_IO.
 */
export class StoreReader implements ArtefactReader {
  /** The directory as given by the caller. */
  readonly location: string;
  readonly #store: ReadableStore;

  constructor(store: ReadableStore) {
    this.#store = store;
    this.location = store.location;
  }

  /**
   * Opens one run.
   *
   * @param ref run id, run name, `latest`, a unique prefix of a run id (at least 4 characters), or scenario
   * id
   */
  open(ref: string): Promise<Lookup<RunView>> {
    return openRun(this, ref);
  }

  /**
   * Selects runs: the current run of every run name, by name ascending. The result can be iterated several
   * times; only names are held. `(await store.open(one.run.id))` opens one of them.
   *
   * @returns a problem for conditions and selectors that are invalid for this store
   */
  runs(selection: Selection = {}, hooks: SelectionHooks = {}): Promise<Selected<SelectedRuns>> {
    return selectRuns(this, selection, hooks);
  }

  /**
   * A table with a row for each selected run, or for each group of them. Integers beyond 2^53-1 are decimal
   * text, means are decimal text with six places.
   *
   * @returns a problem for a query that is invalid for this store, such as a column that no run has
   */
  async table(
    selection: Selection = {},
    query: TableQuery = {},
    hooks: SelectionHooks = {},
  ): Promise<Selected<TableReader>> {
    const runs = await this.runs(selection, hooks);
    if (!runs.ok) return runs;
    return readTable(await openTable(runs.value, query));
  }

  /**
   * Values over ticks of selected runs, as `RunView.series`. Several runs have a column `run`, or with
   * `shape: 'wide'` one column each, by tick.
   *
   * @returns a problem for a query that is invalid for this store, such as a metric that no run has
   */
  async series(
    selection: Selection,
    query: SeriesQuery,
    hooks: SelectionHooks & { readonly series?: SeriesHooks } = {},
  ): Promise<Selected<TableReader>> {
    const runs = await this.runs(selection, hooks);
    return runs.ok ? readTable(await openSeries(runs.value, query, hooks.series)) : runs;
  }

  /**
   * The record of a batch.
   *
   * @param ref batch id, a unique prefix of one, or `latest`
   */
  async openBatch(ref: string): Promise<Lookup<BatchRecord>> {
    const summary = await findBatch(this, ref);
    if (!summary.ok) return summary;
    const record = await this.#store.batch(summary.value.id);
    return record === undefined ? notFound(`batch ${ref}`) : found(record);
  }

  /** @throws AetherError STORE_BLOB_MISSING, STORE_BLOB_CORRUPT */
  blob(digest: Digest): Promise<Uint8Array> {
    return this.#store.blob(digest);
  }

  hasBlob(digest: Digest): Promise<boolean> {
    return this.#store.hasBlob(digest);
  }

  /**
   * The record of a run, by its full id; undefined if there is none.
   *
   * @throws AetherError STORE_RECORD_CORRUPT
   */
  run(id: RunId): Promise<RunRecord | undefined> {
    return this.#store.run(id);
  }

  /** Ids of all runs, ascending. */
  runIds(): Promise<readonly RunId[]> {
    return this.#store.runIds();
  }

  /** The run that answers for these inputs (`inputKey`); undefined if there is none. */
  runForKey(key: Digest): Promise<RunRecord | undefined> {
    return this.#store.runForKey(key);
  }

  /** The run that was last executed under a name; `open` also finds cached results. */
  latestRun(name: string): Promise<RunRecord | undefined> {
    return this.#store.latestRun(name);
  }

  /**
   * The record of a batch, by its full id; undefined if there is none.
   *
   * @throws AetherError
   * STORE_RECORD_CORRUPT
   */
  batch(id: string): Promise<BatchRecord | undefined> {
    return this.#store.batch(id);
  }

  /** Ids of all batches, ascending. */
  batchIds(): Promise<readonly string[]> {
    return this.#store.batchIds();
  }

  /** Ids of all remarks, ascending; equal ids mean equal remarks. */
  remarkIds(): Promise<readonly string[]> {
    return this.#store.remarkIds();
  }

  /** Labels and notes of all runs, unordered; tables have them as columns. */
  remarks(): Promise<readonly Remark[]> {
    return this.#store.remarks();
  }

  /** The summary of every readable run, by id. */
  runSummaries(): readonly RunSummary[] {
    return this.#store.runSummaries();
  }

  /** The summary of every readable batch, by id. */
  batchSummaries(): readonly BatchSummary[] {
    return this.#store.batchSummaries();
  }

  /** The facts of each run for tables, without holding them. */
  facts(): FactsSource {
    return this.#store.facts();
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
