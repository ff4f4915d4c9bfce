import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { GovernancePreview } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { useDraft, type Draft } from '../../forms/draft.js';
import { LeaveGuard } from '../../forms/leave-guard.js';
import { nested } from '../../forms/pointers.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { AuditTrail } from './audit-trail.js';
import { GovernanceForm } from './governance-form.js';
import { GovernanceInForce } from './governance-in-force.js';
import { GovernancePreviewCard } from './governance-preview-card.js';
import { useGovernance, versionOf, type ReadGovernance } from './governance-queries.js';
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
