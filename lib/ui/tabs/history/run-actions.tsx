import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { Link, useNavigate } from 'react-router';
import type { HistoryDetail } from '../../../service/wire/index.js';
import { apiUrl } from '../../api/client.js';
import { STATE_KEY } from '../../api/live-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { runAgain } from './run-again.js';

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
