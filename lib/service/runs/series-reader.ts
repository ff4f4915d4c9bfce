import { mostNodes } from '../../inspect/most-nodes.js';
import type { RunView } from '../../inspect/index.js';
import { TickBuckets, type TickNumbers } from '../live/tick-buckets.js';
import type { Series } from '../wire/run-data.js';
import { seriesOf, type SeriesQuery } from './series.js';

/** Number of buckets of a stored run: the maximum of points. */
const BUCKETS = 2000;
/** Maximum of runs with cached buckets: each takes at most some megabytes. */
const KEPT = 6;

type Records = 'umx_ledger' | 'loom_p_blocks';
type Found<L> = L extends { readonly ok: true; readonly value: infer V } ? V : never;
type TickLedger = Found<Awaited<ReturnType<RunView['ledger']>>>;
type PBlock = Found<Awaited<ReturnType<RunView['pBlock']>>>;

interface TickRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Series of stored runs. Every record of the range is read, so that no extreme is missed; the buckets of a
 * long run are cached, because several metrics are usually requested together.
 */
export class SeriesReader {
  readonly #kept = new Map<string, Promise<TickBuckets>>();

  async series(view: RunView, query: SeriesQuery): Promise<Series> {
    const { metric = 'sum_u' } = query;
    const { id: run_id, ticks_completed: last } = view.record;
    const from = Math.min(Math.max(query.from ?? 1, 1), Math.max(last, 1));
    const to = Math.min(query.to ?? last, last);
    const records = metric === 'C_t' || metric === 's_t' ? 'loom_p_blocks' : 'umx_ledger';
    if (view.artefacts.entry(records) === undefined) {
      const buckets = new TickBuckets(0, 0);
      return seriesOf({ run_id, live: false, buckets }, query);
    }
    const buckets = await this.#buckets(view, records, { from, to });
    return seriesOf({ run_id, live: false, buckets }, { ...query, from, to });
  }

  #buckets(view: RunView, records: Records, range: TickRange): Promise<TickBuckets> {
    if (range.to - range.from < BUCKETS) return readBuckets(view, records, range);
    const key = `${view.record.id} ${records} ${String(range.from)} ${String(range.to)}`;
    const known = this.#kept.get(key) ?? readBuckets(view, records, range);
    // Move it to the end of the eviction order.
    this.#kept.delete(key);
    this.#kept.set(key, known);
    known.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return known;
  }
}

async function readBuckets(view: RunView, records: Records, { from, to }: TickRange): Promise<TickBuckets> {
  const nodes = records === 'umx_ledger' ? mostNodes(await view.inputs()) : 0;
  const stride = Math.max(1, Math.ceil((to - from + 1) / BUCKETS));
  const buckets = new TickBuckets(nodes, Math.max(0, Math.ceil((to - from + 1) / stride)), { stride });
  for await (const record of view.records(records, from, to)) {
    if (records === 'loom_p_blocks') {
      const { tick, C_t, s_t } = record as unknown as PBlock;
      buckets.add(tick, { ...NONE, C_t, s_t }, NO_STATE);
    } else {
      const ledger = record as unknown as TickLedger;
      buckets.add(ledger.tick, numbersOf(ledger), ledger.post_u);
    }
  }
  return buckets;
}

const NO_STATE: readonly number[] = [];
const NONE: TickNumbers = {
  sum_u: NaN,
  max_abs_u: NaN,
  sum_abs_flux: NaN,
  active_edges: NaN,
  C_t: NaN,
  s_t: NaN,
};

function numbersOf({ sum_post_u, post_u, edges }: TickLedger): TickNumbers {
  let max_abs_u = 0;
  for (const u of post_u) max_abs_u = Math.max(max_abs_u, Math.abs(u));
  let sum_abs_flux = 0;
  let active_edges = 0;
  for (const { f_e } of edges) {
    if (f_e !== 0) active_edges++;
    sum_abs_flux += Math.abs(f_e);
  }
  return { ...NONE, sum_u: sum_post_u, max_abs_u, sum_abs_flux, active_edges };
}
