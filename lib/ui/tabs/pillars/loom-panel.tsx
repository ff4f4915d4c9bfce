import { useMemo, type JSX } from 'react';
import { Card } from '../../parts/card.js';
import { CHAIN_PAGE, ChainTable } from './chain-table.js';
import { IBlockCard } from './i-block-card.js';
import type { PanelProps } from './panel-props.js';
import { RecordGap } from './record-gap.js';
import { isLive, useRunRecord } from './run-records.js';
import type { ChainLink, RunStatus, Series } from '../../../service/wire/index.js';
import { usePageStart } from './address.js';
import { useTick } from './use-tick.js';
import { SeriesChart } from '../../charts/series-chart.js';
import { ThinningNote } from '../../charts/thinning.js';

/** The chain over all ticks, its links page by page, and the I-block of the chosen tick. */
export function LoomPanel({ run }: PanelProps): JSX.Element {
  const last = run.ticks_completed ?? 0;
  const tick = useTick(last);
  const [from, goTo] = usePageStart(CHAIN_PAGE, last);
  const links = useRunRecord<readonly ChainLink[]>(run, '/chain', {
    query: { from, to: from + CHAIN_PAGE - 1 },
    keep: true,
  });
  return (
    <>
      <ChainCharts run={run} />
      <div className="pillars-tables">
        <Card title="Links">
          {links.data === undefined || isLive(run) || links.data.length === 0 ? (
            <RecordGap run={run} result={links} what="chain" lines={12} />
          ) : (
            <ChainTable run={run} links={links.data} from={from} goTo={goTo} tick={tick} />
          )}
        </Card>
        {!isLive(run) && last > 0 && <IBlockCard run={run} tick={tick} links={links.data ?? []} />}
      </div>
    </>
  );
}

/** C_t and s_t over the whole run, also while it is running. */
function ChainCharts({ run }: { readonly run: RunStatus }): JSX.Element {
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
