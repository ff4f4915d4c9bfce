import type { JSX } from 'react';
import { useParams } from 'react-router';
import { useOperatorState } from '../../api/live-state.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { ScenarioList } from './scenario-list.js';
import { ScenarioPage } from './scenario-page.js';
import { useScenarios } from './scenario-queries.js';
import './scenarios.css';

/** The registry beside the selected scenario: `#/scenarios/<id>`. */
export function ScenariosTab(): JSX.Element {
  const selected = useParams()['*'] ?? '';
  const { data, error, refetch } = useScenarios();
  const active = useOperatorState().data?.active_scenario?.id;
  return (
    <div className="split scenarios">
      <div className="stack scenarios-side">
        {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data !== undefined ? (
          <ScenarioList scenarios={data} selected={selected} active={active} />
        ) : (
          <Card title="Scenarios">{error === null && <Loading what="the scenarios" lines={12} />}</Card>
        )}
      </div>
      {selected === '' ? (
        <Card title="No scenario selected">
          {data?.length === 0 ? (
            <EmptyState title="The registry is empty">
              Start the service with <code>--manifests</code> and the documents of your scenarios.
            </EmptyState>
          ) : (
            <EmptyState title="Choose a scenario from the list">
              Here you can read, edit, copy and activate it, and start its runs.
            </EmptyState>
          )}
        </Card>
      ) : (
        <ScenarioPage key={selected} id={selected} isActive={selected === active} />
      )}
    </div>
  );
}
