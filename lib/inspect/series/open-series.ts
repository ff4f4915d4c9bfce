import type { RunInputs } from '../../engine/inputs.js';
import { RunArtefacts } from '../artefacts/run-artefacts.js';
import type { SelectedRun } from '../selection/selected-run.js';
import type { SelectedRuns } from '../selection/select-runs.js';
import { problem, selected, type Selected } from '../selection/selection.js';
import { batchedTable } from '../table/row-streams.js';
import type { Row, Table, TableColumn } from '../table/table.js';
import { seriesMetrics, type SeriesMetric } from './metrics.js';
import { outerJoin } from './outer-join.js';
import { runSeries } from './run-series.js';
import { everyTick, extremeTicks } from './thinned.js';

/** Query of values over ticks. */
export interface SeriesQuery {
  readonly metrics: readonly string[];
  readonly from?: number;
  readonly to?: number;
  /** Only every k-th tick. */
  readonly every?: number;
  /** Approximate number of rows per run, including minima and maxima. */
  readonly points?: number;
  /** `long`: a column `run`. `wide`: a column for each run and metric. Absent: long for several runs. */
  readonly shape?: 'long' | 'wide';
}

/** Callbacks while series are read. */
export interface SeriesHooks {
  /** Progress of a compact run that is computed again. */
  readonly deriving?: (name: string, tick: number, of: number) => void;
}

/** Maximum number of runs in the wide shape: each holds a chunk of its records in memory. */
const MOST_WIDE = 256;

/** The part of selected runs that series need. */
export type SeriesRuns = Pick<SelectedRuns, 'store'> & AsyncIterable<SeriesRun>;
export type SeriesRun = Pick<SelectedRun, 'name'> & {
  readonly run: Pick<SelectedRun['run'], 'id' | 'ticks_completed'>;
};

/** The series of selected runs as a table with a row for each tick; ticks start at 1. */
export async function openSeries(
  runs: SeriesRuns,
  query: SeriesQuery,
  hooks: SeriesHooks = {},
): Promise<Selected<Table>> {
  return seriesTable(await readableRuns(runs), query, hooks);
}

/** The series of one run under its recorded name; without rows for a run that completed no tick. */
export async function openRunSeries(
  artefacts: RunArtefacts,
  query: SeriesQuery,
  hooks: SeriesHooks = {},
): Promise<Selected<Table>> {
  const read = await readable(artefacts.record.name, artefacts);
  return seriesTable(read === undefined ? [] : [read], query, hooks);
}

/**
 * The series of each of several runs, for metrics that at least one of them has; null for a run without a
 * tick.
 */
export async function openEachSeries(
  runs: readonly RunArtefacts[],
  query: SeriesQuery,
): Promise<Selected<readonly (Table | null)[]>> {
  const read = await Promise.all(runs.map((artefacts) => readable(artefacts.record.name, artefacts)));
  const metrics = seriesMetrics(
    query.metrics,
    read.flatMap((run) => run?.inputs ?? []),
  );
  if (!metrics.ok) return metrics;
  const range = { from: 1, to: Infinity, ...query };
  return selected(
    read.map((run) =>
      run === undefined
        ? null
        : wideTable([run], metrics.value, [() => thinned(run, metrics.value, range, {})]),
    ),
  );
}

function seriesTable(read: readonly ReadableRun[], query: SeriesQuery, hooks: SeriesHooks): Selected<Table> {
  const { from = 1, to = Infinity, every, points } = query;
  if (to < from) {
    return problem('malformed', `the first tick ${String(from)} is after the last tick ${String(to)}`);
  }
  if (every !== undefined && points !== undefined) {
    return problem('malformed', 'every and points cannot be used together', 'give one of them');
  }
  const metrics = seriesMetrics(
    query.metrics,
    read.map(({ inputs }) => inputs),
  );
  if (!metrics.ok) return metrics;
  const shape = query.shape ?? (read.length > 1 ? 'long' : 'wide');
  if (shape === 'wide' && read.length > MOST_WIDE) {
    const hint = 'select fewer, or use the long shape';
    return problem('malformed', `${String(read.length)} runs are too many for one column per run`, hint);
  }
  const series = read.map((run) => () => thinned(run, metrics.value, { ...query, from, to }, hooks));
  return selected(
    shape === 'long' ? longTable(read, metrics.value, series) : wideTable(read, metrics.value, series),
  );
}

interface ReadableRun {
  readonly name: string;
  readonly artefacts: RunArtefacts;
  readonly inputs: RunInputs;
}

/** Runs with inputs and a completed tick; only names and documents are held. */
async function readableRuns(runs: SeriesRuns): Promise<readonly ReadableRun[]> {
  const found: ReadableRun[] = [];
  for await (const { name, run } of runs) {
    const record = run.ticks_completed === 0 ? undefined : await runs.store.run(run.id);
    if (record === undefined) continue;
    const read = await readable(name, new RunArtefacts(runs.store, record));
    if (read !== undefined) found.push(read);
  }
  return found;
}

async function readable(name: string, artefacts: RunArtefacts): Promise<ReadableRun | undefined> {
  if (artefacts.record.ticks_completed === 0 || artefacts.entry('inputs') === undefined) return undefined;
  return { name, artefacts, inputs: await artefacts.inputs() };
}

async function* thinned(
  { name, artefacts }: ReadableRun,
  metrics: readonly SeriesMetric[],
  { from, to, every, points }: SeriesQuery & { readonly from: number; readonly to: number },
  { deriving }: SeriesHooks,
): AsyncGenerator<readonly Row[], void, undefined> {
  const { ticks_completed, retain } = artefacts.record;
  const plain = runSeries(artefacts, metrics, { from, to });
  const rows =
    retain === 'compact' && deriving !== undefined
      ? watched(plain, (tick) => {
          deriving(name, tick, ticks_completed);
        })
      : plain;
  if (every !== undefined) yield* everyTick(rows, { from, every });
  else if (points !== undefined)
    yield* extremeTicks(rows, { from, to: Math.min(to, ticks_completed), points });
  else yield* rows;
}

async function* watched(
  batches: AsyncIterable<readonly Row[]>,
  seen: (tick: number) => void,
): AsyncGenerator<readonly Row[], void, undefined> {
  for await (const batch of batches) {
    yield batch;
    const last = batch.at(-1);
    if (last !== undefined) seen(last[0] as number);
  }
}

type Series = () => AsyncIterable<readonly Row[]>;

const TICK: TableColumn = { name: 'tick', type: 'integer' };

function longTable(
  runs: readonly ReadableRun[],
  metrics: readonly SeriesMetric[],
  series: readonly Series[],
): Table {
  const columns: TableColumn[] = [
    { name: 'run', type: 'text' },
    TICK,
    ...metrics.map(({ name }): TableColumn => ({ name, type: 'integer' })),
  ];
  const batches = async function* (): AsyncGenerator<readonly Row[], void, undefined> {
    for (const [n, { name }] of runs.entries()) {
      for await (const batch of series[n]!()) yield batch.map((row) => [name, ...row]);
    }
  };
  return batchedTable(columns, batches);
}

function wideTable(
  runs: readonly ReadableRun[],
  metrics: readonly SeriesMetric[],
  series: readonly Series[],
): Table {
  const nameOf = (run: string, metric: string): string =>
    runs.length === 1 ? metric : metrics.length === 1 ? run : `${metric} ${run}`;
  const columns = runs.flatMap(({ name }) =>
    metrics.map((metric): TableColumn => ({ name: nameOf(name, metric.name), type: 'integer' })),
  );
  const batches = (): AsyncIterable<readonly Row[]> =>
    series.length === 1
      ? series[0]!()
      : outerJoin(
          series.map((open) => open()),
          metrics.length,
        );
  return batchedTable([TICK, ...columns], batches);
}
