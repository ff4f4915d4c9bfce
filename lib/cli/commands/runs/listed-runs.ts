import { AetherError } from '../../../base/errors.js';
import { arrivalOf, byArrival, inArrivalOrder, type Arrival } from '../../../store/arrival.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { RunRecord } from '../../../store/records.js';
import { listRuns } from '../../../store/run-index.js';
import type { SelectionArguments } from '../../options/selection-options.js';
import { selectingOptions } from '../../selection/one-run.js';
import { selectedRuns } from '../../selection/selected-runs.js';

/** A run, and the name that it answers for. */
export interface ListedRun {
  readonly name: string;
  readonly run: RunRecord;
}

export interface Wanted {
  readonly passes: (listed: ListedRun) => boolean;
  readonly limit: number;
  /** Told of each damaged record. */
  readonly warn: (message: string) => void;
}

/** Where a run lies that may be listed, and the name that it answers for; null for its own. */
interface Place {
  readonly id: string;
  readonly name: string | null;
}

/** The recorded runs that pass, or those of a selection, the latest first. */
export async function listedRuns(
  store: ArtefactStore,
  args: SelectionArguments,
  { passes, limit, warn }: Wanted,
): Promise<ListedRun[]> {
  const isSelection = (args.selector ?? []).length > 0 || selectingOptions(args).length > 0;
  const places = isSelection ? await selectedLatestFirst(store, args) : await latestFirst(store);
  const runs: ListedRun[] = [];
  for (const { id, name } of places) {
    if (runs.length >= limit) break;
    try {
      const run = await store.run(id);
      const listed = run && { name: name ?? run.name, run };
      if (listed !== undefined && passes(listed)) runs.push(listed);
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'STORE_RECORD_CORRUPT') throw error;
      warn(error.message);
    }
  }
  return runs;
}

/** Ids of all runs, also of damaged ones, which come first and are warned of. */
async function latestFirst(store: ArtefactStore): Promise<readonly Place[]> {
  const readable = [...inArrivalOrder(await listRuns(store))].reverse().map(({ id }) => id);
  const known = new Set(readable);
  const ids = [...(await store.runIds()).filter((id) => !known.has(id)), ...readable];
  return ids.map((id) => ({ id, name: null }));
}

/** The selected runs; those that arrived together by name. */
async function selectedLatestFirst(
  store: ArtefactStore,
  args: SelectionArguments,
): Promise<readonly Place[]> {
  const found: (Place & { readonly arrived: Arrival })[] = [];
  for await (const { name, run } of await selectedRuns(store, args)) {
    found.push({ id: run.id, name, arrived: arrivalOf(run) });
  }
  return found.sort((a, b) => byArrival(b.arrived, a.arrived));
}
