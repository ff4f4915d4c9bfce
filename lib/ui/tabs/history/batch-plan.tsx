import { useState, type JSX } from 'react';
import { Link } from 'react-router';
import type { BatchGoldenIssue, BatchRun } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { RunPill } from '../../parts/run-pill.js';
import { ScrollTable } from '../../parts/scroll-table.js';

const STEP = 200;

/** The plan of a batch in its order: every run, why it is executed or not, and its progress. */
export function BatchPlan({
  runs,
  goldenIssues = [],
}: {
  readonly runs: readonly BatchRun[];
  readonly goldenIssues?: readonly BatchGoldenIssue[];
}): JSX.Element {
  const issues = new Map(goldenIssues.map((issue) => [issue.name, issue]));
  const [most, setMost] = useState(STEP);
  const hasReasons = runs.some(({ reason }) => reason !== null);
  const hasFaults = runs.some((run) => wrongText(run, issues.get(run.name)) !== '');
  const hasTicks = runs.some(({ ticks_total }) => ticks_total > 0);
  return (
    <>
      <ScrollTable
        label="Plan of the batch"
        className="history-plan"
        table={{ 'aria-label': 'Plan' }}
        columns={[
          'Run',
          'State',
          ...(hasReasons ? ['Why'] : []),
          ...(hasTicks ? [{ number: 'Ticks' }] : []),
          ...(hasFaults ? ['What is wrong'] : []),
        ]}
      >
        {runs.slice(0, most).map((run, index) => (
          <tr key={`${run.name} ${index}`}>
            <td>
              {run.run_id === null ? (
                run.name
              ) : (
                <Link to={`/history/run/${encodeURIComponent(run.run_id)}`}>{run.name}</Link>
              )}
            </td>
            <td>
              <RunPill run={{ state: run.state, expected: run.ok }} />
            </td>
            {hasReasons && <td>{reasonText(run.reason)}</td>}
            {hasTicks && (
              <td className="number">
                {shownNumber(run.ticks_completed)} / {shownNumber(run.ticks_total)}
              </td>
            )}
            {hasFaults && <td>{wrongText(run, issues.get(run.name))}</td>}
          </tr>
        ))}
      </ScrollTable>
      {runs.length > most && (
        <div className="row">
          <button
            type="button"
            onClick={() => {
              setMost(most + STEP);
            }}
          >
            Show more
          </button>
          <span className="muted">
            {shownNumber(most)} of {shownNumber(runs.length)} shown
          </span>
        </div>
      )}
    </>
  );
}

/** Failure of the run itself, and of its golden. */
function wrongText({ fault_reason }: BatchRun, issue: BatchGoldenIssue | undefined): string {
  const golden = issue === undefined ? [] : [`golden: ${issue.reason}`];
  return [...(fault_reason === undefined ? [] : [fault_reason]), ...golden].join('; ');
}

const WORDS: Readonly<Record<string, (reason: Readonly<Record<string, unknown>>) => string>> = {
  new: () => 'Never run before',
  inputs_changed: ({ documents }) => `Inputs changed: ${listed(documents)}`,
  not_finished: ({ last, expected }) => {
    if (last === 'completed' && typeof expected !== 'string')
      return 'The last run differs from another of the same inputs, or was not fully repeated';
    const ended = `The last run ended as ${String(last)}`;
    return typeof expected === 'string' ? `${ended}, not with the fault ${expected}` : ended;
  },
  forced: () => 'Forced',
  repeated: ({ times }) => `Repeated ${String(times)} times`,
  artefacts_dropped: () => 'The artefacts of its last run are not stored',
  cached: () => 'The store has its result',
  same_inputs: ({ as }) => `Same inputs as ${String(as)}`,
};

/** Why the plan executes a run or not, as text. */
function reasonText(reason: BatchRun['reason']): string {
  if (reason === null) return '–';
  return WORDS[String(reason['why'])]?.(reason) ?? JSON.stringify(reason);
}

function listed(documents: unknown): string {
  return Array.isArray(documents) ? documents.join(', ') : String(documents);
}
