import { useId, useMemo, useEffect, useRef, type JSX } from 'react';
import type { RunStatus, Series, SeriesMetric } from '../../../service/wire/index.js';
import { HeatMap } from '../../charts/heat-map.js';
import { SeriesChart } from '../../charts/series-chart.js';
import { ThinningNote } from '../../charts/thinning.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask } from '../../api/client.js';

const HEAT_POINTS = 256;
const LINE_POINTS = 400;
const HEAT_HEIGHT = 180;
const LINE_HEIGHT = 200;

/** The live state of the run: nodes over ticks, sum, and flux. */
export function StateCharts({ run }: { readonly run: RunStatus | null }): JSX.Element {
  if (run === null) {
    return (
      <Card title="State over ticks">
        <div className="state-empty">
          <EmptyState title="Nothing to show yet">
            The state of every node appears here during a run.
          </EmptyState>
        </div>
      </Card>
    );
  }
  return <RunCharts run={run} />;
}

function RunCharts({ run }: { readonly run: RunStatus }): JSX.Element {
  const state = useRunSeries(run, 'u', HEAT_POINTS);
  const sum = useRunSeries(run, 'sum_u', LINE_POINTS);
  const flux = useRunSeries(run, 'sum_abs_flux', LINE_POINTS);
  const failed = [state, sum, flux].find(({ isError }) => isError);
  const isReading = run.state !== 'running' && [state, sum, flux].some(({ isFetching }) => isFetching);
  const retry = (): void => void Promise.all([state.refetch(), sum.refetch(), flux.refetch()]);
  return (
    <Card title="State over ticks" actions={isReading && <span className="muted">reading the run…</span>}>
      {failed !== undefined && <ErrorNotice error={failed.error} onRetry={retry} />}
      <HeatMap title="State of every node" series={state.data} height={HEAT_HEIGHT} />
      <div className="columns state-lines">
        <Line title="Sum of the state" series={sum.data} />
        <Line title="Total flux" series={flux.data} />
      </div>
    </Card>
  );
}

const NOTHING: readonly never[] = [];

function Line({
  title,
  series,
}: {
  readonly title: string;
  readonly series: Series | undefined;
}): JSX.Element {
  const id = useId();
  const lines = useMemo(
    () => [{ label: title, values: (series?.values as readonly number[] | undefined) ?? NOTHING }],
    [title, series],
  );
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <SeriesChart
        title={title}
        ticks={series?.ticks ?? NOTHING}
        lines={lines}
        height={LINE_HEIGHT}
        isKnown={series !== undefined}
      />
      <ThinningNote series={[series]} />
    </section>
  );
}

const WHILE_RUNNING_MS = 1000;

/**
 * A metric of a run over its ticks, in a bounded number of points. Polled while the run is running, and
 * fetched once more when it pauses, was stepped, or ended, unless the data already covers that tick: past
 * ticks of a compact run are expensive to compute again.
 */
function useRunSeries(run: RunStatus | null, metric: SeriesMetric, points: number): UseQueryResult<Series> {
  const id = run?.run_id ?? '';
  const isMoving = run?.state === 'running' && !run.paused;
  const ticks = run?.ticks_completed ?? 0;
  const query = useQuery({
    queryKey: ['series', id, metric, points],
    queryFn: async ({ signal }) => {
      const path = `/runs/${encodeURIComponent(id)}/series`;
      return (await ask<Series>(path, { query: { metric, points }, signal })).value;
    },
    enabled: run !== null,
    refetchInterval: isMoving ? WHILE_RUNNING_MS : false,
    staleTime: Infinity,
    // Comparing tens of thousands of numbers costs more than drawing them.
    structuralSharing: false,
  });
  const { data, refetch } = query;
  const isShort = data !== undefined && !reaches(data, ticks);
  // Once per tick of the run: a service without further data is not polled.
  const asked = useRef('');
  useEffect(() => {
    const moment = `${id} ${ticks}`;
    if (isMoving || !isShort || asked.current === moment) return;
    asked.current = moment;
    void refetch();
  }, [isMoving, isShort, id, ticks, refetch]);
  return query;
}

/** True if a series covers the last tick of its run. */
function reaches({ to }: Series, last: number): boolean {
  return to >= last;
}
