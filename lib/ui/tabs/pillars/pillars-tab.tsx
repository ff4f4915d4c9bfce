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
import { PILLARS, PillarCards } from './pillar-cards.js';
import { PressPanel } from './press-panel.js';
import { RunPicker } from './run-picker.js';
import { useRunRecord } from './run-records.js';
import { UmxPanel } from './umx-panel.js';
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
