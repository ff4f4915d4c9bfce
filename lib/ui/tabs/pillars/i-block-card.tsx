import type { JSX } from 'react';
import type { ChainLink, IBlock, RunStatus, TickView } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownNumber } from '../../parts/numbers.js';
import { RecordGap } from './record-gap.js';
import { useRunRecord } from './run-records.js';
import { TickScrubber } from './tick-scrubber.js';
import type { TickChoice } from './use-tick.js';

/** The checkpoint of the chosen tick, if it has one. */
export function IBlockCard({
  run,
  tick,
  links,
}: {
  readonly run: RunStatus;
  readonly tick: TickChoice;
  /** The visible links; they show which ticks have an I-block. */
  readonly links: readonly ChainLink[];
}): JSX.Element {
  const view = useRunRecord<TickView>(run, `/ticks/${tick.settled}`, { keep: true });
  const own = useRunRecord<readonly ChainLink[]>(run, '/chain', {
    query: { from: tick.settled, to: tick.settled },
    keep: true,
  });
  const block = view.data?.i_block;
  const link = own.data?.find((found) => found.block === 'I' && found.tick === block?.tick);
  const last = run.ticks_completed ?? 0;
  return (
    <Card title={`I-block of tick ${shownNumber(view.data?.tick ?? tick.settled)}`}>
      <TickScrubber tick={tick} last={last} isThere={view.data !== undefined && !view.isPlaceholderData} />
      <div className="pillars-i-block">
        {block === undefined && <RecordGap run={run} result={view} what="I-block" />}
        {block === null && <NoIBlock of={view.data!.tick} tick={tick} links={links} />}
        {block !== undefined && block !== null && <IBlockFacts block={block} link={link} />}
      </div>
    </Card>
  );
}

function NoIBlock({
  of,
  tick,
  links,
}: {
  readonly of: number;
  readonly tick: TickChoice;
  readonly links: readonly ChainLink[];
}): JSX.Element {
  const ticks = links.filter(({ block }) => block === 'I').map((link) => link.tick);
  return (
    <EmptyState title={`Tick ${shownNumber(of)} has no I-block`}>
      <p>Only every W-th tick has one: a checkpoint of state and graph.</p>
      {ticks.length > 0 && (
        <p className="row">
          On this page:
          {ticks.slice(0, 8).map((at) => (
            <button key={at} type="button" className="pillars-small" onClick={() => tick.choose(at)}>
              tick {at}
            </button>
          ))}
        </p>
      )}
    </EmptyState>
  );
}

function IBlockFacts({
  block,
  link,
}: {
  readonly block: IBlock;
  readonly link: ChainLink | undefined;
}): JSX.Element {
  return (
    <dl className="facts">
      <dt>C_t</dt>
      <dd>{shownNumber(block.C_t)}</dd>
      <dt>W</dt>
      <dd>{shownNumber(block.W)} ticks between checkpoints</dd>
      <dt>profile</dt>
      <dd>{block.profile_version}</dd>
      <dt>graph</dt>
      <dd>
        version {block.topology_version}, {shownNumber(block.topology_snapshot.length)} edges
      </dd>
      <dt>link</dt>
      <dd className="mono">{link?.link_hash ?? '–'}</dd>
      <dt>Merkle root</dt>
      <dd className="mono">{link?.merkle_root ?? '–'}</dd>
      <dt>post_u</dt>
      <dd className="mono pillars-state">{shownState(block.post_u)}</dd>
    </dl>
  );
}

const MOST_VALUES = 200;

function shownState(values: readonly number[]): string {
  const shown = values.slice(0, MOST_VALUES).join(', ');
  const left = values.length - MOST_VALUES;
  return left > 0 ? `${shown}, … ${shownNumber(left)} more in the UMX panel` : shown;
}
