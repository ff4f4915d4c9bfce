import type { JSX } from 'react';
import { Link } from 'react-router';
import type { PillarStatus } from '../../../service/wire/index.js';
import { WordPill } from '../../parts/word-pill.js';
import { useAddress } from './address.js';

export const PILLARS = [
  { id: 'umx', name: 'UMX', about: 'state and flux' },
  { id: 'loom', name: 'Loom', about: 'the chain' },
  { id: 'press', name: 'Press', about: 'windows and bits' },
  { id: 'aether', name: 'Aether', about: 'gate and U-ledger' },
  { id: 'codex', name: 'Codex', about: 'motifs and proposals' },
] as const;

/** The five cards; each links to the details of its pillar. */
export function PillarCards({
  cards,
  selected,
}: {
  readonly cards: readonly PillarStatus[] | undefined;
  readonly selected: string;
}): JSX.Element {
  const { params } = useAddress();
  const kept = new URLSearchParams();
  for (const name of ['run', 'tick']) {
    const value = params.get(name);
    if (value !== null) kept.set(name, value);
  }
  const search = kept.size === 0 ? '' : `?${kept.toString()}`;
  return (
    <nav aria-label="Pillars" className="pillars-cards">
      {PILLARS.map(({ id, name, about }) => (
        <Link
          key={id}
          to={`/pillars/${id}${search}`}
          className="pillars-card"
          aria-current={id === selected ? 'page' : undefined}
        >
          <span className="pillars-card-name">
            {name} <span className="muted">{about}</span>
          </span>
          <CardBody card={cards?.find(({ pillar_id }) => pillar_id === id)} />
        </Link>
      ))}
    </nav>
  );
}

function CardBody({ card }: { readonly card: PillarStatus | undefined }): JSX.Element {
  return (
    <>
      <span className="pillars-card-headline">{card?.headline_metric ?? '–'}</span>
      <span className="pillars-card-secondary">{card?.secondary_metric ?? ''}</span>
      <span className="pillars-card-foot">
        {card !== undefined && <WordPill word={card.status} />}
        {card?.governance_mode !== undefined && <span>{card.governance_mode}</span>}
        {card?.load !== undefined && <LoadBar load={card.load} />}
      </span>
    </>
  );
}

function LoadBar({ load }: { readonly load: number }): JSX.Element {
  const percent = Math.round(load * 100);
  return (
    <span className="pillars-load" title={`load ${percent} %`}>
      <span className="visually-hidden">load {percent} %</span>
      <span className="pillars-load-bar" style={{ width: `${percent}%` }} />
    </span>
  );
}
