import type { JSX } from 'react';
import type { AuditEntry } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownInstant } from '../../parts/numbers.js';
import { useAudit } from './governance-queries.js';
import { labelOf } from './knobs.js';

/** Changes of the base governance with author, time, old and new value; newest first. */
export function AuditTrail(): JSX.Element {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit();
  const entries = data?.pages.flatMap(({ value }) => value) ?? [];
  return (
    <Card title="Audit trail">
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Loading what="the audit trail" lines={4} />}
      {data !== undefined && entries.length === 0 && (
        <EmptyState title="No changes yet">Every applied change is listed here.</EmptyState>
      )}
      {entries.length > 0 && <Entries entries={entries} />}
      {hasNextPage && (
        <button
          type="button"
          className="governance-older"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {isFetchingNextPage ? 'Loading…' : 'Show older changes'}
        </button>
      )}
    </Card>
  );
}

function Entries({ entries }: { readonly entries: readonly AuditEntry[] }): JSX.Element {
  return (
    <div className="table-scroll" role="region" aria-label="Changes" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {['When', 'Who', 'Knob', 'From', 'To'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ at, who, field, from, to }, index) => (
            <tr key={entries.length - index}>
              <td className="governance-when">{shownInstant(at)}</td>
              <td>{who}</td>
              <td>{labelOf(field)}</td>
              <td>{from ?? 'not set'}</td>
              <td>{to ?? 'not set'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
