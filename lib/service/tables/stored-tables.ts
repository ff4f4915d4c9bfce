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
import type { RunList } from '../../store/run-list.js';
import { etagOf } from '../http/etag.js';
import type { HistoryIndex } from '../runs/history-index.js';
import { orRefused } from './selection-refusal.js';

/** Maximum number of tables whose order is cached for further pages. */
const KEPT = 16;

export interface TableQuestion {
  readonly selection: Selection;
  readonly shown: TableQuery;
}

/** The tree at one moment. */
interface AsOf {
  /** Distinguishes it from other moments of this process. */
  readonly seen: string;
  /** Distinguishes it from other trees, also for a client that continues after a restart. */
  readonly version: string;
  readonly catalogue: Promise<RunCatalogue>;
}

/** A table of the tree at one moment. */
export interface StoredTable {
  readonly table: SeekableTable;
  /** Names of the columns varied by the sweep of the selected runs. */
  readonly axes: () => Promise<ReadonlySet<string>>;
  /** Names of all available columns. */
  readonly available: readonly string[];
  /** Identifies the tree and the query. */
  readonly etag: string;
}

/**
 * Tables of the runs in the tree. The catalogue of all runs is read once and cached; if the tree has further
 * runs, only those are read. The cost of a further page of a table depends only on its rows.
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
   * The runs of a selection, and a version of the tree and the selection.
   *
   * @throws Refusal invalid-selection
   */
  async select(selection: Selection): Promise<{ readonly runs: SelectedRuns; readonly etag: string }> {
    const { version, catalogue } = await this.#current();
    const runs = orRefused(await selectFrom(await catalogue, selection));
    return { runs, etag: etagOf(version, textOf(selection)) };
  }

  /** The current catalogue of the tree; read again if runs were added or removed. */
  async #current(): Promise<AsOf> {
    const runs = await this.#history.runs();
    const batches = await this.#store.batchIds();
    const remarks = await this.#store.remarkIds();
    const seen = [this.#history.version, ...batches, '', ...remarks].join(' ');
    if (this.#asOf?.seen === seen) return this.#asOf;
    this.#tables.clear();
    const version = etagOf(runs.version, batches.join(' '), remarks.join(' '));
    const known = this.#asOf?.catalogue;
    const catalogue =
      known === undefined ? runCatalogue(this.#store) : known.then((before) => grown(before, runs));
    const asOf = { seen, version, catalogue };
    this.#asOf = asOf;
    asOf.catalogue.catch(() => {
      if (this.#asOf === asOf) this.#asOf = undefined;
    });
    return asOf;
  }
}

function grown(before: RunCatalogue, runs: RunList): Promise<RunCatalogue> {
  return grownCatalogue(
    before,
    Array.from(runs.fromLatest(), ({ id }) => id),
  );
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
