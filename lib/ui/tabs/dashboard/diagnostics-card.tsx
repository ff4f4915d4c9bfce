import type { JSX } from 'react';
import type { DiagnosticProfileInfo, DiagnosticCheck, DiagnosticRun } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { useLastDiagnostics, useProfiles, useStartDiagnostics, isUnderWay } from './diagnostics.js';
import { Link } from 'react-router';
import { EmptyState } from '../../parts/empty-state.js';
import { between, shownDuration, shownInstant } from '../../parts/numbers.js';
import { ProgressBar } from '../../parts/progress-bar.js';
import { WordPill } from '../../parts/word-pill.js';
import { ScrollTable } from '../../parts/scroll-table.js';

/** The checks of the service, and their last results. */
export function DiagnosticsCard(): JSX.Element {
  const profiles = useProfiles();
  const last = useLastDiagnostics();
  const start = useStartDiagnostics();
  return (
    <Card title="Diagnostics">
      <div className="diagnostics">
        <div className="diagnostics-profiles">
          {profiles.isPending && <Loading what="the profiles" lines={6} />}
          {profiles.isError && <ErrorNotice error={profiles.error} onRetry={() => void profiles.refetch()} />}
          {profiles.data !== undefined && (
            <ul className="stack">
              {profiles.data.map((profile) => (
                <Profile
                  key={profile.profile}
                  profile={profile}
                  onStart={() => {
                    if (!start.isPending) start.mutate(profile.profile);
                  }}
                />
              ))}
            </ul>
          )}
          <div className="diagnostics-refusal">
            {start.error !== null && <ErrorNotice error={start.error} onDismiss={start.reset} />}
          </div>
        </div>
        <div className="diagnostics-result">
          {last.isError && <ErrorNotice error={last.error} onRetry={() => void last.refetch()} />}
          {last.data !== undefined && <DiagnosticsResult run={last.data} />}
        </div>
      </div>
    </Card>
  );
}

function Profile({
  profile: { profile, description, checks },
  onStart,
}: {
  readonly profile: DiagnosticProfileInfo;
  readonly onStart: () => void;
}): JSX.Element {
  return (
    <li className="diagnostics-profile">
      <div>
        <h3 className="mono">{profile}</h3>
        <p>{description}</p>
        <p className="muted">Checks: {checks.join(', ')}.</p>
      </div>
      <button type="button" onClick={onStart} aria-label={`Run ${profile}`}>
        Run
      </button>
    </li>
  );
}

/** The latest diagnostics, check by check. */
function DiagnosticsResult({ run }: { readonly run: DiagnosticRun | null }): JSX.Element {
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
      <ScrollTable label={`Checks of ${profile}`} columns={['Check', 'State', 'Result']}>
        {checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ScrollTable>
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
