import { useEffect, useRef, useState, type JSX } from 'react';
import { Link } from 'react-router';
import type { RunStatus, ScenarioSummary } from '../../../service/wire/index.js';
import { allowedVerbs, type RunAction, type RunActions, type RunVerb } from './run-actions.js';

/** Maximum accepted by the service. */
const MOST_TICKS = 2 ** 31 - 1;

/** The five buttons, always present; each is enabled if the state allows it. */
export function RunControls({
  run,
  scenario,
  actions,
}: {
  readonly run: RunStatus | null;
  readonly scenario: ScenarioSummary | null;
  readonly actions: RunActions;
}): JSX.Element {
  const [startPaused, setStartPaused] = useState(false);
  const [ticks, setTicks] = useState('1');
  const verbs = allowedVerbs(run);
  const group = useFocusKept(verbs.join());
  // A second press before the answer would be refused; disabling the button would lose the focus.
  const act = (action: RunAction): void => {
    if (!actions.isPending) actions.mutate(action);
  };
  const count = Number(ticks);
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST_TICKS;
  const button = (verb: 'pause' | 'resume' | 'stop', label: string): JSX.Element => (
    <button type="button" disabled={!verbs.includes(verb)} onClick={() => act({ verb })}>
      {label}
    </button>
  );
  return (
    <div
      ref={group}
      className="run-controls"
      role="group"
      aria-label="Run controls"
      aria-busy={actions.isPending}
    >
      <StartButton scenario={scenario} verbs={verbs} onStart={(id) => act(startOf(id, startPaused))} />
      <label className="row">
        <input
          type="checkbox"
          checked={startPaused}
          disabled={!verbs.includes('start')}
          onChange={({ target }) => setStartPaused(target.checked)}
        />
        start paused
      </label>
      <span className="run-controls-gap" />
      {button('pause', 'Pause')}
      <span className="run-step">
        <button
          type="button"
          disabled={!verbs.includes('step') || !isCount}
          onClick={() => act({ verb: 'step', ticks: count })}
        >
          Step
        </button>
        <input
          type="number"
          min={1}
          max={MOST_TICKS}
          value={ticks}
          aria-label="Ticks to step"
          aria-invalid={!isCount}
          onChange={({ target }) => setTicks(target.value)}
        />
      </span>
      {button('resume', 'Resume')}
      {button('stop', 'Stop')}
    </div>
  );
}

function startOf(scenario_id: string, paused: boolean): RunAction {
  return { verb: 'start', scenario_id, paused };
}

function StartButton({
  scenario,
  verbs,
  onStart,
}: {
  readonly scenario: ScenarioSummary | null;
  readonly verbs: readonly RunVerb[];
  readonly onStart: (id: string) => void;
}): JSX.Element {
  if (scenario === null && verbs.includes('start')) {
    return (
      <Link className="button choose-scenario" to="/scenarios">
        Choose a scenario
      </Link>
    );
  }
  return (
    <button
      type="button"
      className="primary"
      disabled={scenario === null || !verbs.includes('start')}
      onClick={() => {
        if (scenario !== null) onStart(scenario.id);
      }}
    >
      Start
    </button>
  );
}

/** A button that disables itself would drop the focus; it moves to the first enabled button instead. */
function useFocusKept(allowed: string): React.RefObject<HTMLDivElement> {
  const group = useRef<HTMLDivElement>(null);
  const held = useRef(false);
  useEffect(() => {
    const element = group.current;
    const note = (): void => {
      held.current = element?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const { activeElement } = document;
    const isLost =
      activeElement === null || activeElement === document.body || activeElement.matches(':disabled');
    if (held.current && isLost) group.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [allowed]);
  return group;
}
