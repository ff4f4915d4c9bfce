import type { JSX } from 'react';
import { Link } from 'react-router';
import type { WireTrendBatch, WireTrendCell, WireTrendWord } from '../../../service/wire/index.js';
import { shownInstant, shownNumber } from '../../parts/numbers.js';

/** A sign for each word, so that colour is not the only sign. */
const SIGNS: Readonly<Record<WireTrendWord | 'absent', { readonly sign: string; readonly text: string }>> = {
  same: { sign: '=', text: 'same result as before' },
  cached: { sign: 'c', text: 'cached: the store had the result' },
  changed: { sign: '≠', text: 'changed: the result differs from the previous one' },
  failed: { sign: '✕', text: 'failed: did not end as expected' },
  first: { sign: '+', text: 'first result' },
  absent: { sign: '·', text: 'absent from the batch' },
};

/** The state of a name in a batch. Links to the comparison with the previous batch of the name. */
export function TrendSquare({
  name,
  batch: { batch_id, started_at },
  cell,
}: {
  readonly name: string;
  readonly batch: WireTrendBatch;
  readonly cell: WireTrendCell | null;
}): JSX.Element {
  const where = `${name}, batch of ${shownInstant(started_at)}`;
  if (cell === null) {
    return (
      <span className="trends-square" data-trend="absent" role="img" aria-label={`${where}: absent`}>
        {SIGNS.absent.sign}
      </span>
    );
  }
  const said = `${where}: ${cell.word}${countsOf(cell)}`;
  const to = `/history/batches/${encodeURIComponent(batch_id)}`;
  return (
    <Link
      className="trends-square"
      data-trend={cell.word}
      aria-label={said}
      title={said}
      to={cell.before === null ? to : `${to}?changes=${encodeURIComponent(cell.before)}`}
    >
      {SIGNS[cell.word].sign}
    </Link>
  );
}

function countsOf({ runs, changed, failed }: WireTrendCell): string {
  const parts = [
    failed > 0 ? `${shownNumber(failed)} failed` : '',
    changed > 0 ? `${shownNumber(changed)} changed` : '',
  ].filter((part) => part !== '');
  return runs === 1
    ? ''
    : `, ${parts.join(' and ')}${parts.length === 0 ? '' : ' of '}${shownNumber(runs)} runs`;
}

/** Meaning of the signs. */
export function TrendLegend(): JSX.Element {
  return (
    <ul className="trends-legend" aria-label="Legend">
      {Object.entries(SIGNS).map(([word, { sign, text }]) => (
        <li key={word}>
          <span className="trends-square" data-trend={word} aria-hidden="true">
            {sign}
          </span>
          {text}
        </li>
      ))}
    </ul>
  );
}
