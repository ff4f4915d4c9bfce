import { useId, type JSX } from 'react';
import { useOperatorState } from '../../api/live-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownInstant } from '../../parts/numbers.js';
import { DiagnosticsCard } from './diagnostics-card.js';
import { RunCard } from './run-card.js';
import { StateCharts } from './state-charts.js';
import { Link } from 'react-router';
import type { ScenarioSummary, PillarStatus } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { WordPill } from '../../parts/word-pill.js';
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

/** The scenario that Start runs. */
function ActiveScenario({ scenario }: { readonly scenario: ScenarioSummary | null }): JSX.Element {
  if (scenario === null) {
    return (
      <Card title="Active scenario">
        <EmptyState title="None is chosen">
          Activate one under <Link to="/scenarios">Scenario &amp; Config</Link>; Start runs it.
        </EmptyState>
      </Card>
    );
  }
  const { id, name, description, tags, runtime_hint } = scenario;
  return (
    <Card title="Active scenario" actions={<Link to="/scenarios">Choose another</Link>}>
      <p className="active-name">{name}</p>
      <p className="mono muted">{id}</p>
      <p className="active-description">{description === '' ? 'No description.' : description}</p>
      <p className="row active-tags">
        {[...(runtime_hint === '' ? [] : [runtime_hint]), ...tags].map((tag) => (
          <span key={tag} className="pill">
            {tag}
          </span>
        ))}
      </p>
    </Card>
  );
}

/** The five pillars of the engine side by side. */
function PillarCards({ pillars }: { readonly pillars: readonly PillarStatus[] }): JSX.Element {
  return (
    <Card title="Pillars">
      <ul className="pillar-cards">
        {pillars.map((pillar) => (
          <PillarCard key={pillar.pillar_id} pillar={pillar} />
        ))}
      </ul>
    </Card>
  );
}

function PillarCard({ pillar }: { readonly pillar: PillarStatus }): JSX.Element {
  const id = useId();
  const { pillar_id, name, status, load, headline_metric, secondary_metric, governance_mode } = pillar;
  return (
    <li className="pillar-card" aria-labelledby={id}>
      <div className="pillar-card-head">
        <h3 id={id}>
          <Link to={`/pillars/${pillar_id}`}>{name}</Link>
        </h3>
        <WordPill word={status} />
      </div>
      <p className="pillar-headline">{headline_metric ?? '–'}</p>
      <p className="pillar-secondary muted">{secondary_metric}</p>
      <p className="pillar-foot muted">
        {load !== undefined && (
          <>
            <meter min={0} max={1} value={load} aria-label={`Load of ${name}`} />
            <span>{Math.round(load * 100)} %</span>
          </>
        )}
        {governance_mode !== undefined && <span>governance {governance_mode}</span>}
      </p>
    </li>
  );
}
