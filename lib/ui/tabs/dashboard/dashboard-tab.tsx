import type { JSX } from 'react';
import { useOperatorState } from '../../api/live-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownInstant } from '../../parts/numbers.js';
import { ActiveScenario } from './active-scenario.js';
import { DiagnosticsCard } from './diagnostics-card.js';
import { PillarCards } from './pillar-cards.js';
import { RunCard } from './run-card.js';
import { StateCharts } from './state-charts.js';
import './dashboard.css';

/** Overview: the run and its controls, the pillars, the live state, the diagnostics. */
export function DashboardTab(): JSX.Element {
  const { data, error, isError, dataUpdatedAt, refetch } = useOperatorState();
  const retry = (): void => void refetch();
  if (data === undefined) {
    return isError ? (
      <ErrorNotice error={error} onRetry={retry} />
    ) : (
      <Loading what="the dashboard" lines={8} />
    );
  }
  const { run, active_scenario, pillars, active_runs } = data;
  return (
    <div className="stack">
      {isError && (
        <div>
          <ErrorNotice error={error} onRetry={retry} />
          <p className="muted">
            What is shown is as of {shownInstant(new Date(dataUpdatedAt).toISOString())}.
          </p>
        </div>
      )}
      <div className="dashboard-top">
        <RunCard
          run={run}
          scenario={active_scenario}
          others={active_runs.filter(({ run_id }) => run_id !== run?.run_id)}
          seenAt={dataUpdatedAt}
        />
        <ActiveScenario scenario={active_scenario} />
      </div>
      <PillarCards pillars={pillars} />
      <StateCharts run={run} />
      <DiagnosticsCard />
    </div>
  );
}
