import { useMemo, type JSX } from 'react';
import type { RunStatus, Series } from '../../../service/wire/index.js';
import { SeriesChart } from '../../charts/series-chart.js';
import { ThinningNote } from '../../charts/thinning.js';
import { Card } from '../../parts/card.js';
import { RecordGap } from './record-gap.js';
import { useRunRecord } from './run-records.js';

/** C_t and s_t over the whole run, also while it is running. */
export function ChainCharts({ run }: { readonly run: RunStatus }): JSX.Element {
  return (
    <div className="pillars-charts">
      <ChainChart run={run} metric="C_t" title="Chain value C_t" />
      <ChainChart run={run} metric="s_t" title="Tick value s_t" />
    </div>
  );
}

function ChainChart({
  run,
  metric,
  title,
}: {
  readonly run: RunStatus;
  readonly metric: 'C_t' | 's_t';
  readonly title: string;
}): JSX.Element {
  const series = useRunRecord<Series>(run, '/series', {
    query: { metric, points: 400 },
    live: true,
    keep: true,
  });
  const values = series.data?.values as readonly number[] | undefined;
  const unit = unitOf(values ?? []);
  const lines = useMemo(
    () => [{ label: `${metric}${unit.name}`, values: (values ?? []).map((value) => value / unit.size) }],
    [values, metric, unit.name, unit.size],
  );
  return (
    <Card title={`${title}${unit.name}`}>
      {series.data === undefined ? (
        <div className="pillars-chart-gap">
          <RecordGap run={run} result={series} what={`series of ${metric}`} live />
        </div>
      ) : (
        <>
          <SeriesChart title={title} ticks={series.data.ticks} lines={lines} height={180} />
          <ThinningNote series={[series.data]} />
        </>
      )}
    </Card>
  );
}

/** Chain values go up to the modulus; axes have room for about six digits. */
function unitOf(values: readonly number[]): { readonly name: string; readonly size: number } {
  const most = values.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  if (most >= 1e7) return { name: ', millions', size: 1e6 };
  return most >= 1e5 ? { name: ', thousands', size: 1e3 } : { name: '', size: 1 };
}
