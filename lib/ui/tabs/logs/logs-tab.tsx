import { useEffect, useRef, useState, type JSX } from 'react';
import { Link } from 'react-router';
import { useServiceStarts } from '../../api/fresh-service.js';
import { useOperatorState } from '../../api/live-state.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { LogChoice } from './log-choice.js';
import { useLogQuery, type ChangeQuery } from './log-query.js';
import { LogView } from './log-view.js';
import './logs.css';

/** Live logs of runs and of the service. */
export function LogsTab(): JSX.Element {
  const [query, change] = useLogQuery();
  const [attempt, setAttempt] = useState(0);
  // A restarted service has a new log, and an interrupted run has another end.
  const starts = useServiceStarts();
  const { data, error, isPending, refetch } = useOperatorState();
  const current = data?.run ?? null;
  const run = query.run === '' ? current?.run_id : query.run;
  useForgottenEntry(run, change);
  const choice = <LogChoice query={query} current={current} onChange={change} />;
  if (query.scope === 'system' || run !== undefined) {
    return (
      <LogView
        key={starts}
        query={query}
        run={query.scope === 'system' ? null : (run ?? null)}
        attempt={attempt}
        choice={choice}
        onChange={change}
        onRetry={() => setAttempt((number) => number + 1)}
      />
    );
  }
  return (
    <Card title="Log">
      <div className="log-filters">{choice}</div>
      <div className="log-none">
        {isPending && <Loading what="the current run" />}
        {data === undefined && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data !== undefined && (
          <EmptyState title="No run yet">
            Start one on the <Link to="/dashboard">Dashboard</Link>, choose a past one above, or look at the
            log of the service.
          </EmptyState>
        )}
      </div>
    </Card>
  );
}

/** An entry belongs to one log: when another run becomes the current one, the selection is cleared. */
function useForgottenEntry(run: string | undefined, change: ChangeQuery): void {
  const known = useRef(run);
  useEffect(() => {
    if (known.current !== undefined && known.current !== run) change({ entry: 0 });
    known.current = run;
  }, [run, change]);
}
