import { exactCount } from '../../base/observables.js';
import type { ApxManifest } from '../../engine/press/records.js';
import type { Value } from '../columns/value.js';
import type { RunArtefacts } from '../artefacts/run-artefacts.js';
import type { Row } from '../table/table.js';
import type { Metric, PressMetric, SeriesMetric } from './metrics.js';

/** Range of ticks to read. */
export interface TickRange {
  readonly from: number;
  readonly to: number;
}

/** Rows of tick and metrics, in batches, for every completed tick of the range. */
export async function* runSeries(
  artefacts: RunArtefacts,
  metrics: readonly SeriesMetric[],
  { from, to }: TickRange,
): AsyncGenerator<readonly Row[], void, undefined> {
  const last = Math.min(to, artefacts.record.ticks_completed);
  const sources = KINDS.map(
    (kind) => new TickSource(artefacts, metrics.filter(isOf(kind)), { kind, from, to: last }),
  );
  const used = sources.filter(({ isUsed }) => isUsed);
  const places = metrics.map((metric) => placeOf(metric, sources));
  const press = await pressOf(artefacts, metrics);
  for (let tick = from; tick <= last;) {
    const lengths = await Promise.all(used.map((source) => source.fill()));
    const count = Math.min(last - tick + 1, FREE, ...lengths);
    if (count === 0) return;
    const rows: Row[] = [];
    for (let n = 0; n < count; n++, tick++) {
      // Allocated in its final size: an array that grows by push reserves room for many more values.
      const row = new Array<Value>(places.length + 1);
      row[0] = tick;
      for (let m = 0; m < places.length; m++) {
        const { source, column } = places[m]!;
        row[m + 1] = source === undefined ? (press[m]!.get(tick) ?? null) : source.value(n, column);
      }
      rows.push(row);
    }
    for (const source of used) source.drop(count);
    yield rows;
  }
}

const KINDS = ['umx_ledger', 'loom_p_blocks'] as const;
/** Number of ticks per batch if no record limits them. */
const FREE = 4096;

function isOf(kind: Metric['kind']): (metric: SeriesMetric) => metric is Metric {
  return (metric): metric is Metric => metric.kind === kind;
}

function placeOf(
  metric: SeriesMetric,
  sources: readonly TickSource[],
): { readonly source: TickSource | undefined; readonly column: number } {
  const source = sources.find((one) => one.metrics.includes(metric as Metric));
  return { source, column: source?.metrics.indexOf(metric as Metric) ?? -1 };
}

/** The records of one kind that are read and not yet yielded. */
class TickSource {
  readonly metrics: readonly Metric[];
  readonly #batches: AsyncIterator<readonly string[]>;
  #records: readonly string[] = [];
  #at = 0;

  constructor(
    artefacts: RunArtefacts,
    metrics: readonly Metric[],
    { kind, from, to }: TickRange & { readonly kind: Metric['kind'] },
  ) {
    this.metrics = metrics;
    this.#batches = artefacts.lineBatches(kind, from, to)[Symbol.asyncIterator]();
  }

  get isUsed(): boolean {
    return this.metrics.length > 0;
  }

  /** Reads on if nothing is left; returns the number of available ticks. */
  async fill(): Promise<number> {
    while (this.#at === this.#records.length) {
      const next = await this.#batches.next();
      if (next.done === true) return 0;
      [this.#records, this.#at] = [next.value, 0];
    }
    return this.#records.length - this.#at;
  }

  value(tick: number, column: number): Value {
    return this.metrics[column]!.of(this.#records[this.#at + tick]!);
  }

  drop(ticks: number): void {
    this.#at += ticks;
  }
}

/** For each metric of Press its value by tick; windows that close together are summed. */
async function pressOf(
  artefacts: RunArtefacts,
  metrics: readonly SeriesMetric[],
): Promise<readonly ReadonlyMap<number, Value>[]> {
  const wanted = metrics.map((metric) => (metric.kind === 'apx_manifests' ? metric : undefined));
  const found = metrics.map(() => new Map<number, Value>());
  if (wanted.every((metric) => metric === undefined)) return found;
  const { run } = await artefacts.inputs();
  const ends = new Map(run.windows.map(({ window_id, end_tick }) => [window_id, end_tick]));
  for await (const line of artefacts.lines('apx_manifests', 0, Infinity)) {
    const manifest = JSON.parse(line) as ApxManifest;
    const tick = ends.get(manifest.window_id)!;
    for (const [m, metric] of wanted.entries()) {
      const bits = metric === undefined ? undefined : bitsOf(manifest, metric);
      if (bits === undefined) continue;
      const before = found[m]!.get(tick) ?? 0;
      found[m]!.set(tick, exactCount([BigInt(before as number | string), bits]));
    }
  }
  return found;
}

function bitsOf({ streams }: ApxManifest, { stream }: PressMetric): bigint | undefined {
  const counted = streams.filter(({ stream_id }) => stream === null || stream_id === stream);
  if (counted.length === 0) return undefined;
  return counted.reduce((sum, { L_total }) => sum + BigInt(L_total), 0n);
}
