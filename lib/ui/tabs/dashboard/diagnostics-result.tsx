import type { JSX } from 'react';
import { Link } from 'react-router';
import type { DiagnosticCheck, DiagnosticRun } from '../../../service/wire/index.js';
import { EmptyState } from '../../parts/empty-state.js';
import { between, shownDuration, shownInstant } from '../../parts/numbers.js';
import { ProgressBar } from '../../parts/progress-bar.js';
import { WordPill } from '../../parts/word-pill.js';
import { isUnderWay } from './diagnostics.js';

/** The latest diagnostics, check by check. */
export function DiagnosticsResult({ run }: { readonly run: DiagnosticRun | null }): JSX.Element {
  if (run === null) {
    return <EmptyState title="No checks yet">Run a profile to see its checks here.</EmptyState>;
  }
  const { profile, state, started_at, ended_at, checks } = run;
  const over = checks.filter(({ status }) => status !== 'PENDING' && status !== 'RUNNING').length;
  return (
    <>
      <p className="row" role="status">
        <span className="mono">{profile}</span>
        <WordPill word={state} />
        <span className="muted">
          {shownInstant(started_at)}
          {ended_at !== null && `, took ${shownDuration(between(started_at, ended_at))}`}
        </span>
      </p>
      <ProgressBar
        label="Checks completed"
        value={isUnderWay(run) && checks.length > 0 ? over / checks.length : 1}
      />
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Checks of ${profile}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col">State</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => (
              <Check key={check.name} check={check} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Check({ check }: { readonly check: DiagnosticCheck }): JSX.Element {
  const { name, status, message, run_ids } = check;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <WordPill word={status} />
      </td>
      <td>
        {message}{' '}
        {run_ids.map((id, index) => (
          <Link
            key={id}
            to={`/logs?run=${encodeURIComponent(id)}`}
            aria-label={`Log of run ${index + 1} of ${name}`}
          >
            log {run_ids.length > 1 ? index + 1 : ''}
          </Link>
        ))}
      </td>
    </tr>
  );
}
