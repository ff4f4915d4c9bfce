import type { JSX } from 'react';
import { Link } from 'react-router';
import type { ScenarioSummary } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';

/** The scenario that Start runs. */
export function ActiveScenario({ scenario }: { readonly scenario: ScenarioSummary | null }): JSX.Element {
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
