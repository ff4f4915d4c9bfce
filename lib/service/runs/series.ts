import type { RunView } from '../../inspect/index.js';
import { shownNodes, type LiveBoard } from '../live/live-board.js';
import type { Series, SeriesMetric } from '../wire/run-data.js';

export interface SeriesQuery {
  readonly metric?: SeriesMetric;
  readonly from?: number;
  readonly to?: number;
  readonly points?: number;
}

export const DEFAULT_POINTS = 400;

/** A metric of a stored run, thinned out evenly; reads only chunks that hold a tick that is shown. */
export async function storedSeries(view: RunView, query: SeriesQuery): Promise<Series> {
  const { metric = 'sum_u', points = DEFAULT_POINTS } = query;
  const last = view.record.ticks_completed;
  const from = Math.min(Math.max(query.from ?? 1, 1), Math.max(last, 1));
  const to = Math.min(query.to ?? last, last);
  const stride = Math.max(1, Math.ceil((to - from + 1) / points));
  const nodes = metric === 'u' ? (await view.inputs()).topology.nodes : [];
  const shown = shownNodes(nodes.length);
  const ticks: number[] = [];
  const values: (number | readonly number[])[] = [];
  for (let tick = from; tick <= to; tick += stride) {
    const value =
      metric === 'C_t' || metric === 's_t'
        ? await blockValue(view, tick, metric)
        : await ledgerValue(view, tick, { metric, shown });
    if (value === undefined) break;
    ticks.push(tick);
    values.push(value);
  }
  return {
    run_id: view.record.id,
    metric,
    from,
    to: Math.max(to, 0),
    stride,
    live: false,
    ticks,
    values: values as Series['values'],
    ...(metric === 'u' ? { nodes: shown.map((node) => nodes[node]!.node_id) } : {}),
  };
}

async function blockValue(view: RunView, tick: number, metric: 'C_t' | 's_t'): Promise<number | undefined> {
  const block = await view.pBlock(tick);
  return block.ok ? block.value[metric] : undefined;
}

type LedgerMetric = Exclude<SeriesMetric, 'C_t' | 's_t'>;

async function ledgerValue(
  view: RunView,
  tick: number,
  { metric, shown }: { readonly metric: LedgerMetric; readonly shown: readonly number[] },
): Promise<number | readonly number[] | undefined> {
  const ledger = await view.ledger(tick);
  if (!ledger.ok) return undefined;
  const { sum_post_u, post_u, edges } = ledger.value;
  if (metric === 'u') return shown.map((node) => post_u[node]!);
  if (metric === 'sum_u') return sum_post_u;
  if (metric === 'max_abs_u') return post_u.reduce((max, u) => Math.max(max, Math.abs(u)), 0);
  if (metric === 'active_edges') return edges.filter(({ f_e }) => f_e !== 0).length;
  return edges.reduce((sum, { f_e }) => sum + Math.abs(f_e), 0);
}

/** A metric of a run under way, from what its board has kept of the past. */
export function liveSeries(
  run: { readonly id: string; readonly board: LiveBoard; readonly node_ids: readonly number[] },
  query: SeriesQuery,
): Series {
  const { metric = 'sum_u', points = DEFAULT_POINTS } = query;
  const columns = run.board.columns();
  const all = columns.field('tick');
  const inRange = all
    .map((tick, index) => ({ tick, index }))
    .filter(({ tick }) => tick >= (query.from ?? 0) && tick <= (query.to ?? Infinity));
  const step = Math.max(1, Math.ceil(inRange.length / points));
  const shown = inRange.filter((_, position) => position % step === 0);
  const field = metric === 'u' ? [] : columns.field(metric);
  const values = shown.map(({ index }) => (metric === 'u' ? columns.nodes(index) : field[index]!));
  return {
    run_id: run.id,
    metric,
    from: shown[0]?.tick ?? 0,
    to: shown.at(-1)?.tick ?? 0,
    stride: columns.stride * step,
    live: true,
    ticks: shown.map(({ tick }) => tick),
    values: values as Series['values'],
    ...(metric === 'u' ? { nodes: shownNodes(run.node_ids.length).map((node) => run.node_ids[node]!) } : {}),
  };
}
