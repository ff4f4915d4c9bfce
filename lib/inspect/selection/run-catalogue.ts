import type { RunId } from '../../base/run-id.js';
import { factsSource, IN_RECORD, type FactsSource } from '../../store/facts/facts-source.js';
import type { RunFacts } from '../../store/facts/run-facts.js';
import { LOOK_BACK } from '../../store/last-runs.js';
import type { ArtefactReader } from '../../store/port.js';
import type { BatchSummary } from '../../store/batch-index.js';
import { batchOutcomes, type Outcome } from '../../store/batch-outcomes.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { runRemarks, type RunRemarks } from '../../store/remarks/run-remarks.js';
import { PressKeys } from '../columns/observable-columns.js';
import { latestBatches } from '../find/find-batch.js';
import { AxisCounts } from './axis-counts.js';
import { axisValues } from './axis-values.js';
import { CatalogueRuns, NO_RUN } from './catalogue-runs.js';

/** Data of a store for selecting runs: from one pass over the facts, which are not held. */
export interface RunCatalogue {
  readonly store: ArtefactReader;
  readonly facts: FactsSource;
  readonly runs: CatalogueRuns;
  /** Labels and notes by run. */
  readonly remarks: ReadonlyMap<string, RunRemarks>;
  /** Names of the axes, metrics, observables and labels of all runs. */
  readonly columns: ColumnNames;
}

export interface CatalogueColumns {
  readonly axes: ReadonlySet<string>;
  /** Axes of the runs of each scenario. */
  readonly axes_of: ReadonlyMap<string, AxisCounts>;
  /** Windows and streams whose bits are in some record, as `<window>.<stream>`. */
  readonly press: ReadonlySet<string>;
  /** True if a run with ticks does not list its streams: its record is old, or there are too many. */
  readonly unlisted_press: boolean;
  /** Pattern types in the Codex counts. */
  readonly motifs: ReadonlySet<string>;
  /** Keys of the labels of all runs. */
  readonly labels: ReadonlySet<string>;
}

/** Reads the facts of all runs once. */
export async function runCatalogue(store: ArtefactReader): Promise<RunCatalogue> {
  const facts = factsSource(store);
  const runs = new CatalogueRuns();
  const columns = new ColumnNames();
  await facts.each((run, place) => {
    runs.add(run, place);
    columns.add(run);
  });
  return { store, facts, runs, columns, remarks: await readRemarks(store, columns) };
}

async function readRemarks(store: ArtefactReader, columns: ColumnNames): Promise<RunCatalogue['remarks']> {
  const remarks = runRemarks(await store.remarks());
  columns.labels = new Set([...remarks.values()].flatMap(({ labels }) => Object.keys(labels)));
  return remarks;
}

/** Maximum number of new runs that are read one by one; for more, reading all is cheaper. */
const MOST_NEW = 2048;

/**
 * The catalogue extended to these runs: new ones are added, and it is read again if some were removed.
 * Holders of the earlier one keep their selections.
 *
 * @param ids of every readable run
 */
export async function grownCatalogue(before: RunCatalogue, ids: readonly RunId[]): Promise<RunCatalogue> {
  const { store, facts, runs, columns } = before;
  const fresh = ids.filter((id) => runs.numberOf(id) === NO_RUN);
  if (ids.length - fresh.length < runs.length || fresh.length > MOST_NEW) return runCatalogue(store);
  const read: RunFacts[] = [];
  for (const id of fresh) {
    const run = await facts.read(id, IN_RECORD);
    if (run !== undefined) read.push(run);
  }
  for (const run of read) {
    runs.add(run, IN_RECORD);
    columns.add(run);
  }
  return { ...before, remarks: await readRemarks(store, columns) };
}

class ColumnNames implements CatalogueColumns {
  readonly axes = new Set<string>();
  readonly axes_of = new Map<string, AxisCounts>();
  readonly press = new Set<string>();
  readonly #pressKeys = new PressKeys(this.press);
  unlisted_press = false;
  readonly motifs = new Set<string>();
  labels: ReadonlySet<string> = new Set();

  add(run: RunFacts): void {
    const { observables, metrics, scenario } = run;
    let counts = this.axes_of.get(scenario);
    if (counts === undefined) this.axes_of.set(scenario, (counts = new AxisCounts()));
    const axes = axisValues(run.name, run.cell);
    counts.add(axes);
    for (const key of axes.keys()) this.axes.add(key);
    const press = observables?.press ?? null;
    this.#pressKeys.add(press);
    if (press === null && run.ticks_completed > 0) this.unlisted_press = true;
    const motifs = (metrics as { readonly codex_motif_counts?: object } | null)?.codex_motif_counts;
    for (const pattern of Object.keys(motifs ?? {})) this.motifs.add(pattern);
  }
}

/** A batch, and its answers in pieces. */
export interface BatchAnswers {
  readonly batch: BatchSummary;
  readonly outcomes: AsyncIterable<readonly Outcome[]>;
}

/**
 * The batches of a store, the newest first, as far back as LastRuns searches a name; read one after another.
 */
export async function* batchesBackwards(store: ArtefactReader): AsyncGenerator<BatchAnswers> {
  let count = 0;
  for (const batch of (await latestBatches(store)).slice(0, LOOK_BACK.batches)) {
    if (count >= LOOK_BACK.outcomes) return;
    const outcomes = await unlessDamaged(batchOutcomes(store, batch.id));
    if (outcomes === undefined) continue;
    count += Object.values(batch.states).reduce((sum, one) => sum + one, 0);
    yield { batch, outcomes };
  }
}
