import type { RunId } from '../base/run-id.js';
import { sha256 } from '../base/digest.js';
import { inArrivalOrder } from './arrival.js';
import type { ArtefactReader } from './port.js';
import { listRuns, type RunSummary } from './run-index.js';

/** All runs of a store at one moment. */
export interface RunList {
  /** Changes with the runs. */
  readonly version: string;
  /** Number of readable runs. */
  readonly size: number;
  /**
   * The readable runs, the one that arrived last first; reads no more than is used.
   *
   * @param to highest place in the order of arrival; default all
   */
  fromLatest(to?: number): Iterable<RunSummary>;
}

/** The runs of any store. */
export async function runList(store: ArtefactReader & { runList?: () => RunList }): Promise<RunList> {
  return store.runList?.() ?? listOf(await listRuns(store));
}

/** A list of runs in memory. */
export function listOf(summaries: readonly RunSummary[]): RunList {
  const runs = [...inArrivalOrder(summaries)].reverse();
  return {
    version: sha256(runs.map(({ id }) => id).join(' ')),
    size: runs.length,
    *fromLatest(to = Infinity) {
      for (const run of runs) if ((run.arrival ?? 0) <= to) yield run;
    },
  };
}

/**
 * All runs of any store, from the one that arrived last on: damaged ones first, of which only the id is known. Reads no
 * more than is used.
 */
export async function* runsFromLatest(
  store: ArtefactReader & { damagedRuns?: () => readonly RunId[]; runList?: () => RunList },
): AsyncGenerator<RunSummary | RunId, void, undefined> {
  const list = await runList(store);
  if (store.damagedRuns !== undefined) yield* store.damagedRuns();
  else {
    const known = new Set([...list.fromLatest()].map(({ id }) => id));
    for (const id of await store.runIds()) if (!known.has(id)) yield id;
  }
  yield* list.fromLatest();
}
