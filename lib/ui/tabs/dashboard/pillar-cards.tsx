import { useId, type JSX } from 'react';
import { Link } from 'react-router';
import type { PillarStatus } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { WordPill } from '../../parts/word-pill.js';

/** The five pillars of the engine side by side. */
export function PillarCards({ pillars }: { readonly pillars: readonly PillarStatus[] }): JSX.Element {
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
