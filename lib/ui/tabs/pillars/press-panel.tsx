import type { JSX } from 'react';
import type { WindowView } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { useAddress } from './address.js';
import type { PanelProps } from './panel-props.js';
import { RecordGap } from './record-gap.js';
import { isLive, useRunRecord } from './run-records.js';
import { WindowBits } from './window-bits.js';
import { MOST_WINDOWS, WindowList } from './window-list.js';

/** Number fetched at first; a run may have many thousands, and each costs the service some reads. */
const FIRST_WINDOWS = 100;

/** The windows of a run, and the bits of the chosen one. */
export function PressPanel({ run, card }: PanelProps): JSX.Element {
  const { params } = useAddress();
  const limit = params.get('windows') === 'most' ? MOST_WINDOWS : FIRST_WINDOWS;
  const windows = useRunRecord<readonly WindowView[]>(run, '/windows', { query: { limit }, keep: true });
  const all = windows.data ?? [];
  const chosen =
    all.find(({ window_id }) => window_id === params.get('window')) ??
    all.find(({ primary }) => primary) ??
    all[0];
  if (isLive(run) || windows.data === undefined) {
    return (
      <Card title="Windows">
        <RecordGap run={run} result={windows} what="windows" />
      </Card>
    );
  }
  if (chosen === undefined) {
    return (
      <Card title="Windows">
        <EmptyState title="The run has no windows">
          <p>Its documents declare no windows for the Press.</p>
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <WindowList
        windows={all}
        chosen={chosen}
        declared={Number(card?.metrics?.['windows'] ?? all.length)}
        isMore={windows.isPlaceholderData}
      />
      <WindowBits run={run} window={chosen} />
    </>
  );
}
