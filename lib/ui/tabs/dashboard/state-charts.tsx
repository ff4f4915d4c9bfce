import { useId, useMemo, type JSX } from 'react';
import type { RunStatus, Series } from '../../../service/wire/index.js';
import { HeatMap } from '../../charts/heat-map.js';
import { SeriesChart } from '../../charts/series-chart.js';
import { ThinningNote } from '../../charts/thinning.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { useRunSeries } from './run-series.js';

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
