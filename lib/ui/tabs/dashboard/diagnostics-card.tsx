import type { JSX } from 'react';
import type { DiagnosticProfileInfo } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { DiagnosticsResult } from './diagnostics-result.js';
import { useLastDiagnostics, useProfiles, useStartDiagnostics } from './diagnostics.js';

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
