import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { Link, useNavigate } from 'react-router';
import type { HistoryDetail, GovernancePreset, RunStatus, StartRun } from '../../../service/wire/index.js';
import { apiUrl, ApiError, ask } from '../../api/client.js';
import { STATE_KEY } from '../../api/live-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';

/** Links from a run: its other tabs, its archives, and another start. */
export function RunActions({ detail }: { readonly detail: HistoryDetail }): JSX.Element {
  const client = useQueryClient();
  const navigate = useNavigate();
  const again = useMutation({
    mutationFn: () => runAgain(detail),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: STATE_KEY });
      await navigate('/dashboard');
    },
  });
  const { run_id, state } = detail.run;
  const id = encodeURIComponent(run_id);
  const isOver = state !== 'running';
  return (
    <div className="stack">
      <div className="row">
        <Link className="button" to={`/pillars/umx?run=${id}`}>
          Pillars
        </Link>
        <Link className="button" to={`/logs?run=${id}`}>
          Logs
        </Link>
        {isOver && (
          <>
            <Link className="button" to={`/history/compare?a=${id}`}>
              Compare with…
            </Link>
            <a className="button" download href={apiUrl(`/history/${id}/export`, { format: 'zip' })}>
              Export zip
            </a>
            <a className="button" download href={apiUrl(`/history/${id}/export`, { format: 'tar' })}>
              Export tar
            </a>
            <button
              type="button"
              className="primary"
              disabled={again.isPending}
              onClick={() => {
                again.mutate();
              }}
            >
              Run again
            </button>
          </>
        )}
      </div>
      <ErrorNotice error={again.error} onDismiss={again.reset} />
    </div>
  );
}

/**
 * Starts a run again. A name beyond that of the scenario is a run of its sweep, or else contains overrides;
 * the service does not distinguish them, so the sweep is tried first.
 */
async function runAgain({ run, record }: HistoryDetail): Promise<RunStatus> {
  const { scenario_id, name } = run;
  if (name === scenario_id) return start({ scenario_id });
  try {
    return await start({ scenario_id, cell: name });
  } catch (error) {
    const overrides = overridesOf(record?.['cell']);
    if (!(error instanceof ApiError) || error.code !== 'unknown-scenario' || overrides === undefined)
      throw error;
    return start({ scenario_id, overrides });
  }
}

async function start(body: StartRun): Promise<RunStatus> {
  return (await ask<RunStatus>('/runs', { method: 'POST', body })).value;
}

/** The overrides of a cell that can be requested again; undefined if it has others. */
function overridesOf(cell: unknown): StartRun['overrides'] | undefined {
  if (typeof cell !== 'object' || cell === null) return undefined;
  const {
    ticks,
    'metrics.enabled': metrics,
    'governance.governance_mode': mode,
    // Set by the base governance, which applies to the new run as well.
    'governance.budget_policies': _base,
    ...others
  } = cell as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0) return undefined;
  return {
    ...(typeof ticks === 'number' ? { ticks_total: ticks } : {}),
    ...(typeof metrics === 'boolean' ? { metrics_enabled: metrics } : {}),
    ...(typeof mode === 'string' ? { governance_preset: mode as GovernancePreset } : {}),
  };
}
