import type { JSX } from 'react';
import { Link } from 'react-router';
import type { GoldenStatus } from '../../../service/wire/index.js';
import { shownInstant } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';

/** Goldens by name. */
export function GoldenTable({
  goldens,
  search,
  selected,
}: {
  readonly goldens: readonly GoldenStatus[];
  readonly search: string;
  readonly selected: string | undefined;
}): JSX.Element {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="List of goldens">
      <table aria-label="Goldens">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Accepted</th>
            <th scope="col">By</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {goldens.map(({ name, state, accepted_at, accepted_by, reason }) => (
            <tr key={name} className={name === selected ? 'history-row history-row-open' : 'history-row'}>
              <td className="history-whole">
                <Link
                  className="history-row-link"
                  to={`/history/goldens/${encodeURIComponent(name)}${search}`}
                  aria-current={name === selected ? 'true' : undefined}
                >
                  {name}
                </Link>
              </td>
              <td>
                <WordPill word={state} />
              </td>
              <td className="history-whole">{shownInstant(accepted_at)}</td>
              <td className="history-whole">{accepted_by ?? '–'}</td>
              <td className="history-reason">{reason ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {goldens.length === 0 && <p className="muted">No golden is in this state.</p>}
    </div>
  );
}
