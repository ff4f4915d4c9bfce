import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, type JSX } from 'react';
import type { Comparison, Series, SeriesMetric } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { SeriesChart } from '../../charts/series-chart.js';
import { ThinningNote } from '../../charts/thinning.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownNumber } from '../../parts/numbers.js';

const POINTS = 600;
const HEIGHT = 280;

const METRICS: Readonly<Partial<Record<SeriesMetric, string>>> = {
  sum_u: 'Sum of the state',
  sum_abs_flux: 'Total |flux|',
  max_abs_u: 'Greatest |u|',
  C_t: 'Loom C_t',
};

interface Pair {
  readonly a: string;
  readonly b: string;
}

/**
 * The first difference of two runs: at a tick, in a record without one, or nowhere; `unknown` if they could
 * not be compared.
 */
type Parting = 'comparing' | 'unknown' | 'nowhere' | 'without tick' | { readonly tick: number };

/** The first difference in a comparison. */
export function partingOf({ equal, divergence }: Comparison): Parting {
  if (equal || divergence === null) return 'nowhere';
  const { tick } = divergence;
  return typeof tick === 'number' ? { tick } : 'without tick';
}

/** One metric of two runs in one chart, with the tick of the first difference marked. */
export function SeriesOverlay({
  a,
  b,
  parting,
  metric,
  onMetric,
}: Pair & {
  readonly parting: Parting;
  readonly metric: string;
  readonly onMetric: (metric: string) => void;
}): JSX.Element {
  const id = useId();
  const known = (metric in METRICS ? metric : 'sum_abs_flux') as SeriesMetric;
  const { data, error, refetch } = useQuery({
    queryKey: ['compare', a, b, known],
    queryFn: ({ signal }) => bothSeries({ a, b }, known, signal),
    staleTime: Infinity,
  });
  return (
    <Card
      title="Series"
      actions={
        <>
          <label htmlFor={id}>Metric</label>
          <select
            id={id}
            value={known}
            onChange={({ target }) => {
              onMetric(target.value);
            }}
          >
            {Object.entries(METRICS).map(([name, title]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </>
      }
    >
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data === undefined ? (
        <div style={{ minHeight: HEIGHT }}>{error === null && <Loading what="the series" lines={9} />}</div>
      ) : (
        <Overlay title={METRICS[known] ?? known} pair={data} parting={parting} />
      )}
      <p className="muted">{partingText(parting)}</p>
      <ThinningNote series={[data?.a, data?.b]} />
    </Card>
  );
}

function Overlay({
  title,
  pair,
  parting,
}: {
  readonly title: string;
  readonly pair: SeriesPair;
  readonly parting: Parting;
}): JSX.Element {
  const shown = useMemo(() => overlaid(pair.a, pair.b), [pair]);
  const lines = useMemo(
    () => [
      { label: 'A', values: shown.a },
      { label: 'B', values: shown.b, isDashed: true },
    ],
    [shown],
  );
  return (
    <SeriesChart
      title={title}
      ticks={shown.ticks}
      lines={lines}
      height={HEIGHT}
      {...(typeof parting === 'object' ? { mark: { tick: parting.tick, label: 'first divergence' } } : {})}
    />
  );
}

function partingText(parting: Parting): string {
  if (typeof parting === 'object') return `First difference at tick ${shownNumber(parting.tick)}.`;
  return {
    comparing: 'Searching for the first difference.',
    unknown: 'The first difference is unknown.',
    nowhere: 'The runs are equal at every tick.',
    'without tick': 'They differ in a record of the whole run.',
  }[parting];
}

interface SeriesPair {
  readonly a: Series;
  readonly b: Series;
}

async function bothSeries({ a, b }: Pair, metric: SeriesMetric, signal: AbortSignal): Promise<SeriesPair> {
  const one = async (id: string): Promise<Series> =>
    (
      await ask<Series>(`/runs/${encodeURIComponent(id)}/series`, {
        query: { metric, points: POINTS },
        signal,
      })
    ).value;
  const [first, second] = await Promise.all([one(a), one(b)]);
  return { a: first, b: second };
}

/** Two series over one axis of ticks. */
interface Overlaid {
  readonly ticks: readonly number[];
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
}

/**
 * Combines two series on one axis. Each has values only at its own ticks, because the ticks shown of a long
 * run depend on its values.
 */
function overlaid(a: Series, b: Series): Overlaid {
  const ticks = [...new Set([...a.ticks, ...b.ticks])].sort((x, y) => x - y);
  return { ticks, a: alignedTo(ticks, a), b: alignedTo(ticks, b) };
}

function alignedTo(ticks: readonly number[], series: Series): readonly (number | null)[] {
  const values = series.values as readonly number[];
  const known = new Map(series.ticks.map((tick, at) => [tick, values[at]!]));
  return ticks.map((tick) => known.get(tick) ?? null);
}
