import type { JSX } from 'react';
import { Card } from '../../parts/card.js';
import { ChainCharts } from './chain-charts.js';
import { CHAIN_PAGE, ChainTable } from './chain-table.js';
import { IBlockCard } from './i-block-card.js';
import type { PanelProps } from './panel-props.js';
import { RecordGap } from './record-gap.js';
import { isLive, useRunRecord } from './run-records.js';
import type { ChainLink } from '../../../service/wire/index.js';
import { usePageStart } from './page-start.js';
import { useTick } from './use-tick.js';

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
