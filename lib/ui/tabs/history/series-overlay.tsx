import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useMemo, type JSX } from 'react';
import type { Series, SeriesMetric } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { SeriesChart } from '../../charts/series-chart.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { shownNumber } from '../../parts/numbers.js';
import { overlaid } from './overlaid-series.js';

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

/** One metric of two runs over each other, with the tick marked at which they part. */
export function SeriesOverlay({
  a,
  b,
  tick,
  metric,
  onMetric,
}: Pair & {
  readonly tick: number | null;
  readonly metric: string;
  readonly onMetric: (metric: string) => void;
}): JSX.Element {
  const id = useId();
  const known = (metric in METRICS ? metric : 'sum_abs_flux') as SeriesMetric;
  const { data, error, refetch } = useQuery({
    queryKey: ['compare', a, b, known],
    queryFn: ({ signal }) => bothSeries({ a, b }, known, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const shown = useMemo(() => (data === undefined ? undefined : overlaid(data.a, data.b)), [data]);
  const lines = useMemo(
    () => [
      { label: 'A', values: shown?.a ?? [] },
      { label: 'B', values: shown?.b ?? [], isDashed: true },
    ],
    [shown],
  );
  const strides = data === undefined ? 1 : Math.max(data.a.stride, data.b.stride);
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
      <SeriesChart
        title={METRICS[known] ?? known}
        ticks={shown?.ticks ?? NO_TICKS}
        lines={lines}
        height={HEIGHT}
        {...(tick === null ? {} : { mark: { tick, label: 'first divergence' } })}
      />
      <p className="muted">
        {tick === null ? 'No tick tells the runs apart.' : `They part at tick ${shownNumber(tick)}.`}
        {strides > 1
          ? ` Long runs are thinned out; at most every ${shownNumber(strides)}th tick is drawn.`
          : ''}
      </p>
    </Card>
  );
}

const NO_TICKS: readonly number[] = [];

async function bothSeries(
  { a, b }: Pair,
  metric: SeriesMetric,
  signal: AbortSignal,
): Promise<{ readonly a: Series; readonly b: Series }> {
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
