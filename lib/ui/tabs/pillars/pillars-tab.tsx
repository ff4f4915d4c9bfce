import type { ComponentType, JSX } from 'react';
import { Link, useParams } from 'react-router';
import type { PillarStatus, RunStatus } from '../../../service/wire/index.js';
import { ApiError } from '../../api/client.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { useAddress } from './address.js';
import { AetherPanel } from './aether-panel.js';
import { useChosenRun, type ChosenRun } from './chosen-run.js';
import { CodexPanel } from './codex-panel.js';
import { LoomPanel } from './loom-panel.js';
import type { PanelProps } from './panel-props.js';
import { PressPanel } from './press-panel.js';
import { RunPicker } from './run-picker.js';
import { useRunRecord } from './run-records.js';
import { UmxPanel } from './umx-panel.js';
import { WordPill } from '../../parts/word-pill.js';
import './pillars.css';

type PillarName = (typeof PILLARS)[number]['id'];

const PANELS: Readonly<Record<PillarName, ComponentType<PanelProps>>> = {
  umx: UmxPanel,
  loom: LoomPanel,
  press: PressPanel,
  aether: AetherPanel,
  codex: CodexPanel,
};

/** The five pillars of one run, one of them in detail. */
export function PillarsTab(): JSX.Element {
  const { params } = useAddress();
  const chosen = useChosenRun(params.get('run'));
  const named = useParams()['*'] ?? '';
  const selected = PILLARS.find(({ id }) => id === named)?.id ?? PILLARS[0].id;
  return (
    <div className="stack">
      <RunPicker chosen={chosen} />
      {chosen.run === undefined ? (
        <>
          <PillarCards cards={undefined} selected={selected} />
          <WithoutRun chosen={chosen} />
        </>
      ) : (
        <RunPillars key={chosen.run.run_id} run={chosen.run} fromState={chosen.cards} selected={selected} />
      )}
    </div>
  );
}

function RunPillars({
  run,
  fromState,
  selected,
}: {
  readonly run: RunStatus;
  readonly fromState: readonly PillarStatus[] | undefined;
  readonly selected: PillarName;
}): JSX.Element {
  const asked = useRunRecord<readonly PillarStatus[]>(run, '/pillars', {
    enabled: fromState === undefined,
    live: true,
  });
  const cards = fromState ?? asked.data;
  const Panel = PANELS[selected];
  return (
    <>
      <PillarCards cards={cards} selected={selected} />
      <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} />
      <Panel run={run} card={cards?.find(({ pillar_id }) => pillar_id === selected)} />
    </>
  );
}

function WithoutRun({ chosen }: { readonly chosen: ChosenRun }): JSX.Element {
  const { error, isPending, retry } = chosen;
  if (isPending) return <Loading what="the run" lines={8} />;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState title={error.message}>
        <p>It may have been removed from the store. Pick another run above.</p>
      </EmptyState>
    );
  }
  if (error !== null) return <ErrorNotice error={error} onRetry={retry} />;
  return (
    <EmptyState title="No run yet">
      <p>
        Start one on the <Link to="/dashboard">Dashboard</Link>; its graph, chain, windows and records are
        then shown here.
      </p>
    </EmptyState>
  );
}

const PILLARS = [
  { id: 'umx', name: 'UMX', about: 'state and flux' },
  { id: 'loom', name: 'Loom', about: 'the chain' },
  { id: 'press', name: 'Press', about: 'windows and bits' },
  { id: 'aether', name: 'Aether', about: 'gate and U-ledger' },
  { id: 'codex', name: 'Codex', about: 'motifs and proposals' },
] as const;

/** The five cards; each links to the details of its pillar. */
function PillarCards({
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
