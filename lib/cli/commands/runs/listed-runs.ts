import { AetherError } from '../../../base/errors.js';
import type { RunId } from '../../../base/run-id.js';
import { arrivalOf, byArrival, type Arrival } from '../../../store/arrival.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { RunRecord } from '../../../store/record-types.js';
import { runsFromLatest } from '../../../store/run-list.js';
import type { SelectionArguments } from '../../options/selection-options.js';
import { selectingOptions } from '../../selection/one-run.js';
import { selectedRuns } from '../../selection/selected-runs.js';

/** A run, and the name it is listed under. */
export interface ListedRun {
  readonly name: string;
  readonly run: RunRecord;
}

export interface Wanted {
  readonly passes: (listed: ListedRun) => boolean;
  readonly limit: number;
  /** Called for each damaged record. */
  readonly warn: (message: string) => void;
}

/** Location of a run to list, and the name it is listed under; null for its own name. */
interface Place {
  readonly id: RunId;
  readonly name: string | null;
}

/** The recorded runs that pass the filters, or those of a selection, the latest first. */
export async function listedRuns(
  store: ArtefactStore,
  args: SelectionArguments,
  { passes, limit, warn }: Wanted,
): Promise<ListedRun[]> {
  const isSelection = (args.selector ?? []).length > 0 || selectingOptions(args).length > 0;
  const places = isSelection ? await selectedLatestFirst(store, args) : latestFirst(store);
  const runs: ListedRun[] = [];
  for await (const { id, name } of places) {
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

/** All runs, including damaged ones, which come first and cause a warning. */
async function* latestFirst(store: ArtefactStore): AsyncGenerator<Place> {
  for await (const run of runsFromLatest(store))
    yield { id: typeof run === 'string' ? run : run.id, name: null };
}

/** The selected runs; runs that arrived together are ordered by name. */
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
