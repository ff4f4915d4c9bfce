import { arrivalOf, byArrival, type Arrival } from '../../store/arrival.js';
import { factsSource, type FactsPlace, type FactsSource } from '../../store/facts/facts-source.js';
import type { RunFacts } from '../../store/facts/run-facts.js';
import { LOOK_BACK } from '../../store/last-runs.js';
import type { ArtefactReader } from '../../store/port.js';
import type { BatchRecord, RunState } from '../../store/records.js';
import { runRemarks, type RunRemarks } from '../../store/remarks/run-remarks.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { pressKeys } from '../columns/observable-columns.js';
import { latestBatches } from '../find-batch.js';
import { ownAxes } from './axis-values.js';

/** What is held of each run of a store while runs are selected. */
export interface CatalogueEntry {
  readonly name: string;
  readonly scenario: string;
  readonly state: RunState;
  readonly started_at: string;
  readonly arrived: Arrival;
  readonly place: FactsPlace;
}

/** What is known of a store before its runs are selected: one pass over the facts, which are not held. */
export interface RunCatalogue {
  readonly store: ArtefactReader;
  readonly facts: FactsSource;
  /** By id. */
  readonly runs: ReadonlyMap<string, CatalogueEntry>;
  /** The latest execution of each name. */
  readonly executed: ReadonlyMap<string, CatalogueEntry>;
  /** Labels and notes by run. */
  readonly remarks: ReadonlyMap<string, RunRemarks>;
  /** Names of the axes, metrics and observables that some run has. */
  readonly columns: CatalogueColumns;
}

export interface CatalogueColumns {
  readonly axes: ReadonlySet<string>;
  /** Windows and streams that some record has the bits of, as `<window>.<stream>`. */
  readonly press: ReadonlySet<string>;
  /** True when a run with ticks does not list its streams: its record is old, or they are many. */
  readonly unlisted_press: boolean;
  /** Pattern types that the Codex counted. */
  readonly motifs: ReadonlySet<string>;
  /** Keys of the labels that some run has. */
  readonly labels: ReadonlySet<string>;
}

/** Reads the facts of all runs once. */
export async function runCatalogue(store: ArtefactReader): Promise<RunCatalogue> {
  const facts = factsSource(store);
  const runs = new Map<string, CatalogueEntry>();
  const executed = new Map<string, CatalogueEntry>();
  const columns = new ColumnNames();
  await facts.each((run, place) => {
    const { name, scenario, state, started_at } = run;
    const entry = { name, scenario, state, started_at, arrived: arrivalOf(run), place };
    runs.set(run.id, entry);
    const other = executed.get(name);
    if (other === undefined || byArrival(other.arrived, entry.arrived) < 0) executed.set(name, entry);
    columns.add(run);
  });
  const remarks = runRemarks(await store.remarks());
  for (const { labels } of remarks.values()) for (const key of Object.keys(labels)) columns.labels.add(key);
  return { store, facts, runs, executed, columns, remarks };
}

class ColumnNames implements CatalogueColumns {
  readonly axes = new Set<string>();
  readonly press = new Set<string>();
  unlisted_press = false;
  readonly motifs = new Set<string>();
  readonly labels = new Set<string>();

  add(run: RunFacts): void {
    const { observables, metrics } = run;
    for (const key of ownAxes(run).keys()) this.axes.add(key);
    const press = observables?.press ?? null;
    for (const key of pressKeys(press)) this.press.add(key);
    if (press === null && run.ticks_completed > 0) this.unlisted_press = true;
    const counts = (metrics as { readonly codex_motif_counts?: object } | null)?.codex_motif_counts;
    for (const pattern of Object.keys(counts ?? {})) this.motifs.add(pattern);
  }
}

/** The batches of a store, the newest first, as far back as LastRuns looks for a name; read one after another. */
export async function* batchesBackwards(store: ArtefactReader): AsyncGenerator<BatchRecord> {
  let outcomes = 0;
  for (const { id } of (await latestBatches(store)).slice(0, LOOK_BACK.batches)) {
    if (outcomes >= LOOK_BACK.outcomes) return;
    const batch = await unlessDamaged(store.batch(id));
    if (batch === undefined) continue;
    outcomes += batch.outcomes.length;
    yield batch;
  }
}
