import type { JSX } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { RunStatus } from '../../../service/wire/index.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { isLive, isNotRecorded, isUnfinished, isUnknown } from './run-records.js';
import { SlowNote } from './slow-note.js';

/** Placeholder of a record: loading, available later, missing with the reason, or failed. */
export function RecordGap({
  run,
  result,
  what,
  lines = 6,
  live = false,
}: {
  readonly run: RunStatus;
  readonly result: UseQueryResult<unknown>;
  readonly what: string;
  readonly lines?: number;
  /** True for data that also exists while the run is running. */
  readonly live?: boolean;
}): JSX.Element {
  const { error, refetch } = result;
  if (isLive(run) && !live) {
    return (
      <EmptyState title="The run is still running">
        <p>Its {what} is available when it has ended; the page then updates itself.</p>
      </EmptyState>
    );
  }
  if (isUnfinished(error)) {
    return (
      <EmptyState title="The run is being published">
        <p>Its records are available shortly.</p>
      </EmptyState>
    );
  }
  if (isNotRecorded(error)) {
    return (
      <EmptyState title={`The run has no ${what}`}>
        <p>{(error as Error).message}.</p>
        <p>{whyMissing(run)}</p>
      </EmptyState>
    );
  }
  if (isUnknown(error)) {
    return (
      <EmptyState title="This run is not stored">
        <p>{run.fault_reason ?? 'The store has no record of it.'}</p>
      </EmptyState>
    );
  }
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Loading what={what} lines={lines} />
      <SlowNote isWaiting />
    </>
  );
}

/** Why an ended run may lack records that others have. */
export function whyMissing(run: RunStatus): string {
  const done = run.ticks_completed ?? 0;
  if (done === 0) return 'The run ended before its first tick.';
  if (run.state === 'completed') return 'The documents of the run do not enable it.';
  const ended = run.state === 'cancelled' ? 'was stopped' : 'faulted';
  return `The run ${ended} after tick ${String(done)}; later records do not exist.`;
}
