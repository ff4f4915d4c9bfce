import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { Link } from 'react-router';
import type { RunStatus, ScenarioSummary } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { STATE_KEY } from '../../api/live-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { CloneDialog } from './clone-dialog.js';
import { scenarioPath, type ReadScenario } from './scenario-queries.js';

/** Start, activate and copy, with the result on a line that is always present. */
export function ScenarioActions({
  read,
  isActive,
  isDirty,
}: {
  readonly read: ReadScenario;
  readonly isActive: boolean;
  readonly isDirty: boolean;
}): JSX.Element {
  const { id } = read.detail;
  const { start, activate } = useActions(id);
  const [isCloning, setCloning] = useState(false);
  return (
    <div className="scenario-actions">
      <div className="row">
        <button type="button" className="primary" disabled={start.isPending} onClick={() => start.mutate()}>
          {start.isPending ? 'Starting…' : 'Start a run'}
        </button>
        <button type="button" disabled={isActive || activate.isPending} onClick={() => activate.mutate()}>
          {isActive ? 'Is active' : 'Activate'}
        </button>
        <button
          type="button"
          disabled={isDirty}
          onClick={() => {
            setCloning(true);
          }}
        >
          Clone…
        </button>
      </div>
      <Outcome start={start} activateError={activate.error} isActive={isActive} isDirty={isDirty} />
      {isCloning && (
        <CloneDialog
          read={read}
          onClose={() => {
            setCloning(false);
          }}
        />
      )}
    </div>
  );
}

function useActions(id: string) {
  const queries = useQueryClient();
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: STATE_KEY });
  const activate = useMutation({
    mutationFn: async () =>
      (await ask<ScenarioSummary>(`${scenarioPath(id)}/activate`, { method: 'POST' })).value,
    onSuccess: refresh,
  });
  const start = useMutation({
    mutationFn: async () =>
      (await ask<RunStatus>('/runs', { method: 'POST', body: { scenario_id: id } })).value,
    onMutate: () => {
      activate.reset();
    },
    onSettled: refresh,
  });
  return { start, activate };
}

function Outcome({
  start,
  activateError,
  isActive,
  isDirty,
}: {
  readonly start: { readonly data: RunStatus | undefined; readonly error: unknown };
  readonly activateError: unknown;
  readonly isActive: boolean;
  readonly isDirty: boolean;
}): JSX.Element {
  const error = activateError ?? start.error;
  if (error !== null && error !== undefined)
    return (
      <div className="scenario-outcome">
        <ErrorNotice error={error} />
      </div>
    );
  return (
    <p className="scenario-outcome" role="status">
      {start.data !== undefined ? (
        <>
          Run <code>{start.data.name}</code> started. <Link to="/dashboard">Watch it on the dashboard</Link>
        </>
      ) : (
        <span className="muted">
          {isDirty
            ? 'A run uses the saved document. Save or reset your changes before you clone.'
            : isActive
              ? 'The dashboard starts runs of this scenario.'
              : 'Activate it to start its runs from the dashboard.'}
        </span>
      )}
    </p>
  );
}
