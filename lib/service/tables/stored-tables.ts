import { BoundedMap } from '../../base/bounded-map.js';
import {
  grownCatalogue,
  runCatalogue,
  selectFrom,
  type RunCatalogue,
  type SelectedRuns,
  type Selection,
} from '../../inspect/selection/index.js';
import { axisName } from '../../inspect/columns/column-registry.js';
import { openSeekable, type SeekableTable, type TableQuery } from '../../inspect/table/index.js';
import { varyingAxes } from '../../inspect/table/varying-axes.js';
import type { ArtefactStore } from '../../store/port.js';
import { etagOf } from '../http/etag.js';
import type { HistoryIndex } from '../runs/history-index.js';
import { orRefused } from './selection-refusal.js';

/** Tables whose order is kept for further pages. */
const KEPT = 16;

export interface TableQuestion {
  readonly selection: Selection;
  readonly shown: TableQuery;
}

/** The tree as it was at one moment. */
interface AsOf {
  /** Tells it from other moments of this process. */
  readonly seen: string;
  /** Tells it from other trees, also for a client that asks again after a restart. */
  readonly version: string;
  readonly catalogue: Promise<RunCatalogue>;
}

/** A table of the tree as it was at one moment. */
export interface StoredTable {
  readonly table: SeekableTable;
  /** Names of the columns in which the selected runs differ by their sweep. */
  readonly axes: () => Promise<ReadonlySet<string>>;
  /** Names of all columns that can be chosen. */
  readonly available: readonly string[];
  /** Stands for the tree and the question. */
  readonly etag: string;
}

/**
 * Tables of the runs in the tree. What is known of all runs is read once and kept; of a tree that has further runs only
 * those are read. Further pages of a table cost what they show.
 */
export class StoredTables {
  readonly #store: ArtefactStore;
  readonly #history: HistoryIndex;
  #asOf: AsOf | undefined;
  readonly #tables = new BoundedMap<string, Promise<StoredTable>>(KEPT);

  constructor(store: ArtefactStore, history: HistoryIndex) {
    this.#store = store;
    this.#history = history;
  }

  /** @throws Refusal invalid-selection */
  async open(question: TableQuestion): Promise<StoredTable> {
    const { version, catalogue } = await this.#current();
    const key = etagOf(version, textOf(question.selection), JSON.stringify(question.shown));
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const table = catalogue.then((all) => tableOf(all, question, key));
    this.#tables.set(key, table);
    table.catch(() => this.#tables.delete(key));
    return table;
  }

  /**
   * The runs of a selection, and what stands for the tree and the selection.
   *
   * @throws Refusal invalid-selection
   */
  async select(selection: Selection): Promise<{ readonly runs: SelectedRuns; readonly etag: string }> {
    const { version, catalogue } = await this.#current();
    const runs = orRefused(await selectFrom(await catalogue, selection));
    return { runs, etag: etagOf(version, textOf(selection)) };
  }

  /** What is known of the tree's runs now; read again when there are others. */
  async #current(): Promise<AsOf> {
    const runs = await this.#history.runs();
    const batches = await this.#store.batchIds();
    const remarks = await this.#store.remarkIds();
    const seen = [this.#history.version, ...batches, '', ...remarks].join(' ');
    if (this.#asOf?.seen === seen) return this.#asOf;
    this.#tables.clear();
    const version = etagOf(runs.map(({ id }) => id).join(' '), batches.join(' '), remarks.join(' '));
    const ids = runs.map(({ id }) => id);
    const known = this.#asOf?.catalogue;
    const catalogue =
      known === undefined ? runCatalogue(this.#store) : known.then((before) => grownCatalogue(before, ids));
    const asOf = { seen, version, catalogue };
    this.#asOf = asOf;
    asOf.catalogue.catch(() => {
      if (this.#asOf === asOf) this.#asOf = undefined;
    });
    return asOf;
  }
}

function textOf({ names, ...selection }: Selection): string {
  return JSON.stringify([selection, names === undefined ? null : [...names]]);
}

/** @throws Refusal invalid-selection */
async function tableOf(catalogue: RunCatalogue, question: TableQuestion, etag: string): Promise<StoredTable> {
  const runs = orRefused(await selectFrom(catalogue, question.selection));
  const table = orRefused(await openSeekable(runs, question.shown));
  let axes: Promise<ReadonlySet<string>> | undefined;
  return {
    table,
    axes: () => (axes ??= varyingAxes(runs).then((varying) => new Set(varying.map(axisName)))),
    available: runs.columns.names(),
    etag,
  };
}
