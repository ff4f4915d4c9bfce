import type { JSX } from 'react';
import type { RunStatus, ScenarioSummary } from '../../../service/wire/index.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { isTrouble } from '../../parts/run-pill.js';
import type { RunActions, RunVerb } from './run-actions.js';

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
export function RunMessage({
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
