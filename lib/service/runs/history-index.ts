import { BoundedMap } from '../../base/bounded-map.js';
import type { RunId } from '../../base/run-id.js';
import { id, instant, oneOf, text, type InferOptional } from '../../base/schema.js';
import { arrivalKey } from '../../store/arrival.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import type { ArtefactStore } from '../../store/port.js';
import type { RunSummary } from '../../store/run-index.js';
import { runList, type RunList } from '../../store/run-list.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { cursorKey, nextLink, type Page, type PageQuery } from '../http/paging.js';
import { Refusal } from '../refusal.js';
import { RUN_RESULTS, type HistoryEntry } from '../wire/history.js';
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
  #list: RunList | undefined;
  #readAt = -Infinity;
  #reading: Promise<RunList> | undefined;
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
    return this.#list?.size ?? 0;
  }

  /** Makes the next call read the tree; called when this service has published. */
  invalidate(): void {
    this.#readAt = -Infinity;
  }

  /** All runs. */
  async runs(): Promise<RunList> {
    if (this.#list !== undefined && this.#now() - this.#readAt < FRESH_MS) return this.#list;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<RunList> {
    const readAt = this.#now();
    const list = await runList(this.#store);
    if (list.version !== this.#list?.version) this.#version++;
    this.#readAt = readAt;
    return (this.#list = list);
  }

  /**
   * A page of the runs that pass every filter, newest first. Reads no more runs than it needs, and lets other requests
   * take their turns.
   *
   * @throws Refusal invalid-cursor
   */
  async page(query: HistoryFilter & PageQuery, url: string): Promise<Page<RunSummary>> {
    const { limit = 100, cursor } = query;
    const after = cursor === undefined ? undefined : cursorKey(cursor);
    const list = await this.runs();
    const timer = new YieldTimer();
    const items: RunSummary[] = [];
    for (const run of list.fromLatest(after === undefined ? undefined : placeOf(after))) {
      if (timer.isDue) await timer.yield();
      if ((after !== undefined && arrivalKey(run) >= after) || !passes(run, query)) continue;
      if (items.length === limit)
        return { items, headers: { link: nextLink(url, arrivalKey(items.at(-1)!)) } };
      items.push(run);
    }
    return { items, headers: {} };
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

function passes(run: RunSummary, { scenario_id, result, name, since, until }: HistoryFilter): boolean {
  return (
    (scenario_id === undefined || run.scenario === scenario_id) &&
    (result === undefined || RESULT_OF[run.state] === result) &&
    (name === undefined || run.name.includes(name)) &&
    (since === undefined || run.started_at >= since) &&
    (until === undefined || run.started_at <= until)
  );
}

/** The place in the order of arrival in a key. @throws Refusal invalid-cursor */
function placeOf(key: string): number {
  const place = /^(\d{16}) /.exec(key)?.[1];
  if (place === undefined) throw new Refusal('invalid-cursor', 'The cursor does not belong to this list');
  return Number(place);
}
