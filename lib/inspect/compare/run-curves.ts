import type { RunId } from '../../base/run-id.js';
import { integerOf } from '../columns/value.js';
import { RunArtefacts } from '../artefacts/run-artefacts.js';
import type { SelectedRun } from '../selection/index.js';
import { problem, selected, type Selected } from '../selection/selection.js';
import { openEachSeries } from '../series/open-series.js';
import type { ArtefactReader } from '../../store/port.js';
import type { Table } from '../table/table.js';

/** Metrics of an overlay by default. */
const USUAL_METRICS = ['sum_abs_flux', 'max_u', 'min_u'] as const;

/** Maximum number of curves that colours can distinguish. */
const MOST_CURVES = 12;

/** Approximate number of ticks kept for each run, including minima and maxima. */
const POINTS = 600;

/** A value at a tick; integers beyond 2^53 are rounded, which is exact enough for pixels. */
export type CurvePoint = readonly [tick: number, value: number];

/** The values of one run over its ticks. */
interface RunCurves {
  readonly name: string;
  readonly run: RunId;
  /** For each metric; empty if the run has no such value. */
  readonly curves: readonly (readonly CurvePoint[])[];
}

/** Several runs over the same ticks. */
export interface Overlay {
  readonly metrics: readonly string[];
  readonly runs: readonly RunCurves[];
}

/** Reads the same metrics of several runs; values that a compact run does not store are computed again. */
export async function readOverlay(
  store: ArtefactReader,
  rows: readonly SelectedRun[],
  metrics: readonly string[] = USUAL_METRICS,
): Promise<Selected<Overlay>> {
  if (rows.length > MOST_CURVES) {
    const message = `${String(rows.length)} runs are too many for one drawing, which distinguishes at most ${String(MOST_CURVES)}`;
    return problem('malformed', message, 'select fewer, with --where for example');
  }
  const artefacts: RunArtefacts[] = [];
  for (const { run, name } of rows) {
    const record = await store.run(run.id);
    if (record === undefined) return problem('unknown', `run ${run.id} of ${name} is no longer stored`);
    artefacts.push(new RunArtefacts(store, record));
  }
  const tables = await openEachSeries(artefacts, { metrics, points: POINTS });
  if (!tables.ok) return tables;
  const first = tables.value.find((table) => table !== null);
  if (first === undefined) return problem('unknown', 'none of the runs completed a tick');
  const names = first.columns.slice(1).map(({ name }) => name);
  const runs: RunCurves[] = [];
  for (const [n, { name, run }] of rows.entries()) {
    runs.push({ name, run: run.id, curves: await curvesOf(tables.value[n]!, names.length) });
  }
  return selected({ metrics: names, runs });
}

async function curvesOf(table: Table | null, count: number): Promise<readonly (readonly CurvePoint[])[]> {
  const curves = Array.from({ length: count }, (): CurvePoint[] => []);
  if (table === null) return curves;
  for await (const [tick, ...values] of table.rows()) {
    for (const [n, value] of values.entries()) {
      const integer = integerOf(value);
      if (integer !== undefined) curves[n]!.push([tick as number, Number(integer)]);
    }
  }
  return curves;
}
