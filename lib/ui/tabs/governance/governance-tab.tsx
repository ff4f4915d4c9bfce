import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { GovernancePreview, AuditEntry } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { useDraft, type Draft } from '../../forms/draft.js';
import { LeaveGuard } from '../../forms/leave-guard.js';
import { nested } from '../../forms/pointers.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { GovernanceForm } from './governance-form.js';
import { GovernanceInForce } from './governance-in-force.js';
import { GovernancePreviewCard } from './governance-preview-card.js';
import { useGovernance, versionOf, useAudit, type ReadGovernance } from './governance-queries.js';
import { EmptyState } from '../../parts/empty-state.js';
import { shownInstant } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { labelOf } from './knobs.js';
import './governance.css';

/** The base governance of future runs: knobs, their effect, and the audit trail. */
export function GovernanceTab(): JSX.Element {
  const { data, error, refetch } = useGovernance();
  return (
    <div className="stack">
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data !== undefined ? (
        <EditedGovernance read={data} />
      ) : (
        error === null && (
          <Card title="Base governance">
            <Loading what="the base governance" lines={22} />
          </Card>
        )
      )}
      <AuditTrail />
    </div>
  );
}

function EditedGovernance({ read }: { readonly read: ReadGovernance }): JSX.Element {
  const draft = useDraft(versionOf(read));
  const preview = useMutation({
    mutationFn: async (edits: Draft['edits']) =>
      (await ask<GovernancePreview>('/governance/preview', { method: 'POST', body: nested(edits) })).value,
  });
  /** True if the preview matches the current edits. */
  const isPresent = preview.variables === draft.edits;
  return (
    <div className="governance-columns">
      <LeaveGuard dirty={draft.dirty} what="the base governance" />
      <GovernanceForm
        draft={draft}
        preview={{
          ask: () => {
            preview.mutate(draft.edits);
          },
          error: isPresent ? preview.error : null,
          isPending: preview.isPending,
        }}
      />
      <div className="stack">
        <GovernanceInForce snapshot={read.snapshot} />
        <GovernancePreviewCard preview={isPresent ? (preview.data ?? null) : null} />
      </div>
    </div>
  );
}

/** Changes of the base governance with author, time, old and new value; newest first. */
function AuditTrail(): JSX.Element {
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
    <ScrollTable label="Changes" columns={['When', 'Who', 'Knob', 'From', 'To']}>
      {entries.map(({ at, who, field, from, to }, index) => (
        <tr key={entries.length - index}>
          <td className="governance-when">{shownInstant(at)}</td>
          <td>{who}</td>
          <td>{labelOf(field)}</td>
          <td>{from ?? 'not set'}</td>
          <td>{to ?? 'not set'}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
