import type { JSX } from 'react';
import type { WindowView } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { shownNumber } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { useAddress, usePageStart } from './address.js';
import { Pager } from './pager.js';
import { bitsOf } from './window-bits.js';

/** Maximum number returned by the service. */
export const MOST_WINDOWS = 1000;
const PAGE = 12;

/** Windows page by page; one of them is chosen. */
export function WindowList({
  windows,
  chosen,
  declared,
  isMore,
}: {
  readonly windows: readonly WindowView[];
  readonly chosen: WindowView;
  /** Number of windows of the run. */
  readonly declared: number;
  /** True while more of them are loading. */
  readonly isMore: boolean;
}): JSX.Element {
  const [from, goTo] = usePageStart(PAGE, windows.length);
  const { change } = useAddress();
  return (
    <Card title="Windows">
      <ScrollTable
        label="Windows of the run"
        table={{ className: 'pillars-windows' }}
        columns={[
          'window',
          { number: 'ticks' },
          'manifest',
          { number: 'manifest_check' },
          { number: 'bits' },
        ]}
      >
        {windows.slice(from - 1, from - 1 + PAGE).map((window) => (
          <WindowRow
            key={window.window_id}
            window={window}
            isChosen={window === chosen}
            onChoose={() => change({ window: window.window_id })}
          />
        ))}
      </ScrollTable>
      <Pager what="windows" from={from} size={PAGE} total={windows.length} onGo={goTo} />
      {windows.length < declared && (
        <MoreWindows shown={windows.length} declared={declared} isMore={isMore} />
      )}
    </Card>
  );
}

function MoreWindows({
  shown,
  declared,
  isMore,
}: {
  readonly shown: number;
  readonly declared: number;
  readonly isMore: boolean;
}): JSX.Element {
  const { change } = useAddress();
  return (
    <p className="row muted" role="status">
      These are the first {shownNumber(shown)} of {shownNumber(declared)} windows.
      {shown < MOST_WINDOWS ? (
        <button type="button" aria-busy={isMore} onClick={() => change({ windows: 'most' })}>
          {isMore ? 'Fetching more …' : `Show up to ${shownNumber(MOST_WINDOWS)}`}
        </button>
      ) : (
        ' An export has all.'
      )}
    </p>
  );
}

function WindowRow({
  window: { window_id, start_tick, end_tick, primary, manifest, apx_name },
  isChosen,
  onChoose,
}: {
  readonly window: WindowView;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}): JSX.Element {
  const apx = manifest;
  return (
    <tr aria-current={isChosen ? 'true' : undefined}>
      <td>
        <span className="row">
          <button type="button" className="pillars-small" aria-pressed={isChosen} onClick={onChoose}>
            {window_id}
          </button>
          {primary && <WordPill word="primary" />}
        </span>
      </td>
      <td className="number">
        {shownNumber(start_tick)}–{shownNumber(end_tick)}
      </td>
      <td>{apx_name}</td>
      <td className="number">{apx === null ? 'not closed' : <code>{apx.manifest_check}</code>}</td>
      <td className="number">{apx === null ? '–' : shownNumber(bitsOf(apx))}</td>
    </tr>
  );
}
