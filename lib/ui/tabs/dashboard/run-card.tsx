import type { JSX } from 'react';
import { Link } from 'react-router';
import type { RunStatus, ScenarioSummary } from '../../../service/wire/index.js';
import { Card } from '../../parts/card.js';
import { between, shownDuration, shownInstant, shownNumber } from '../../parts/numbers.js';
import { ProgressBar } from '../../parts/progress-bar.js';
import { RunPill, isTrouble } from '../../parts/run-pill.js';
import { WordPill } from '../../parts/word-pill.js';
import { useRunActions, type RunActions, type RunVerb } from './run-actions.js';
import { RunControls } from './run-controls.js';
import { useTickRate } from './tick-rate.js';
import { ErrorNotice } from '../../parts/error-notice.js';

/** The run started last: its state, its progress, and its controls. */
export function RunCard({
  run,
  scenario,
  others,
  seenAt,
}: {
  readonly run: RunStatus | null;
  readonly scenario: ScenarioSummary | null;
  /** Further running runs, if the service allows more than one. */
  readonly others: readonly RunStatus[];
  /** Time of the state, in milliseconds. */
  readonly seenAt: number;
}): JSX.Element {
  const actions = useRunActions(run);
  const pill = run === null ? <WordPill word="idle" /> : <RunPill run={run} />;
  return (
    <Card title="Run" actions={pill}>
      <p className="run-name mono">{run?.name ?? 'No run yet'}</p>
      <RunProgress run={run} seenAt={seenAt} />
      <RunControls run={run} scenario={scenario} actions={actions} />
      <RunMessage run={run} scenario={scenario} actions={actions} />
      {others.length > 0 && <OtherRuns runs={others} />}
    </Card>
  );
}

function RunProgress({
  run,
  seenAt,
}: {
  readonly run: RunStatus | null;
  readonly seenAt: number;
}): JSX.Element {
  const rate = useTickRate(run, seenAt);
  const until = run?.ended_at ?? new Date(seenAt).toISOString();
  const done = `${shownNumber(run?.ticks_completed)} of ${shownNumber(run?.ticks_total)}`;
  return (
    <>
      <ProgressBar label="Ticks completed" value={run === null ? 0 : (run.progress ?? 0)} />
      <dl className="run-facts">
        <Fact term="Ticks" value={run === null ? '–' : done} />
        <Fact term="Ticks per second" value={rate === null ? '–' : shownNumber(Math.round(rate))} />
        <Fact term="Started" value={shownInstant(run?.started_at)} />
        <Fact term="Time" value={shownDuration(between(run?.started_at, until))} />
      </dl>
    </>
  );
}

function Fact({ term, value }: { readonly term: string; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function OtherRuns({ runs }: { readonly runs: readonly RunStatus[] }): JSX.Element {
  return (
    <p className="muted">
      Other running runs:{' '}
      {runs.map(({ run_id, name }) => (
        <Link key={run_id} className="mono other-run" to={`/logs?run=${encodeURIComponent(run_id)}`}>
          {name}
        </Link>
      ))}
    </p>
  );
}

const DOING: Readonly<Record<RunVerb, string>> = {
  start: 'Starting…',
  pause: 'Pausing…',
  step: 'Stepping…',
  resume: 'Resuming…',
  stop: 'Stopping at the next tick…',
};

/**
 * The line below the controls: a refusal, the current action, or why the run ended. Its space is always
 * reserved.
 */
function RunMessage({
  run,
  scenario,
  actions,
}: {
  readonly run: RunStatus | null;
  readonly scenario: ScenarioSummary | null;
  readonly actions: RunActions;
}): JSX.Element {
  return <div className="run-message">{content()}</div>;

  function content(): JSX.Element | null {
    if (actions.error !== null) return <ErrorNotice error={actions.error} onDismiss={actions.reset} />;
    if (actions.isPending) return <p className="muted">{DOING[actions.variables.verb]}</p>;
    if (run === null) {
      const hint = scenario === null ? 'Choose a scenario to begin.' : `Start runs ${scenario.name}.`;
      return <p className="muted">{hint}</p>;
    }
    if (run.fault_reason === undefined) return null;
    if (run.state !== 'fault') return <p className="muted">{run.fault_reason}</p>;
    const code = run.fault_code === undefined ? null : <code>{run.fault_code}</code>;
    return (
      <div className={isTrouble(run) ? 'notice notice-error' : 'notice'}>
        <p>
          {run.expected === true && 'Faulted as its scenario expects: '}
          {code} {run.fault_reason}
        </p>
      </div>
    );
  }
}
