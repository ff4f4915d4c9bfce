import { BoundedMap } from '../../base/bounded-map.js';
import type { RunId } from '../../base/run-id.js';
import { inArrivalOrder } from '../../store/arrival.js';
import type { ArtefactStore } from '../../store/port.js';
import { listRuns, type RunSummary } from '../../store/run-index.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { RUN_RESULTS, type HistoryEntry } from '../wire/history.js';
import { type InferOptional, id, instant, oneOf, text } from '../../base/schema.js';
import { historyEntry, RESULT_OF } from './record-status.js';

/** Milliseconds for which a list of the tree is cached. */
const FRESH_MS = 500;
/** Maximum of cached entries. */
const KEPT = 20_000;

/** Query parameters that filter past runs. */
export const HISTORY_FILTER_QUERY = {
  scenario_id: id('Only runs of this scenario.'),
  result: oneOf(RUN_RESULTS, 'Only runs that ended so.'),
  name: text('Only runs whose name holds this.', { maxLength: 128 }),
  since: instant('Only runs started at or after.'),
  until: instant('Only runs started at or before.'),
};
export type HistoryFilter = InferOptional<typeof HISTORY_FILTER_QUERY>;

/** The history: the run records of the tree, newest first. Caches only data of the tree. */
export class HistoryIndex {
  readonly #store: ArtefactStore;
  /** Milliseconds of the monotonic clock. */
  readonly #now: () => number;
  #runs: readonly RunSummary[] = [];
  #readAt = -Infinity;
  #reading: Promise<readonly RunSummary[]> | undefined;
  #version = 0;
  readonly #entries = new BoundedMap<string, HistoryEntry>(KEPT);

  constructor(store: ArtefactStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Changes whenever the list may have changed. */
  get version(): number {
    return this.#version;
  }

  /** Number of runs at the last read. */
  get size(): number {
    return this.#runs.length;
  }

  /** Makes the next call read the tree; called when this service has published. */
  invalidate(): void {
    this.#readAt = -Infinity;
  }

  /** All runs, in reverse order of arrival. */
  async runs(): Promise<readonly RunSummary[]> {
    if (this.#now() - this.#readAt < FRESH_MS) return this.#runs;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<readonly RunSummary[]> {
    const readAt = this.#now();
    const runs = [...inArrivalOrder(await listRuns(this.#store))].reverse();
    const isSame =
      runs.length === this.#runs.length && runs.every(({ id }, index) => id === this.#runs[index]!.id);
    if (!isSame) this.#version++;
    this.#readAt = readAt;
    return (this.#runs = runs);
  }

  /** Runs that pass every filter, newest first. */
  async select({ scenario_id, result, name, since, until }: HistoryFilter): Promise<readonly RunSummary[]> {
    const runs = await this.runs();
    const all = [scenario_id, result, name, since, until].every((value) => value === undefined);
    if (all) return runs;
    return runs.filter(
      (run) =>
        (scenario_id === undefined || run.scenario === scenario_id) &&
        (result === undefined || RESULT_OF[run.state] === result) &&
        (name === undefined || run.name.includes(name)) &&
        (since === undefined || run.started_at >= since) &&
        (until === undefined || run.started_at <= until),
    );
  }

  /** The entries of runs; removed and damaged records are omitted. */
  async entries(runs: readonly RunSummary[]): Promise<readonly HistoryEntry[]> {
    const entries: HistoryEntry[] = [];
    for (const { id } of runs) {
      const entry = this.#entries.get(id) ?? (await this.#entry(id));
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  async #entry(id: RunId): Promise<HistoryEntry | undefined> {
    const record = await unlessDamaged(this.#store.run(id));
    if (record === undefined) return undefined;
    const entry = historyEntry(record);
    this.#entries.set(id, entry);
    return entry;
  }
}
