import { useId, type JSX } from 'react';
import { Link } from 'react-router';
import type { RunStatus } from '../../../service/wire/index.js';
import { shownInstant, shownNumber } from '../../parts/numbers.js';
import { isTrouble, RunPill, runWord } from '../../parts/run-pill.js';
import { useAddress } from './address.js';
import type { ChosenRun } from './chosen-run.js';

/** The chosen run, with a summary. */
export function RunPicker({ chosen }: { readonly chosen: ChosenRun }): JSX.Element {
  const { params, change } = useAddress();
  const id = useId();
  const named = params.get('run') ?? '';
  const choices = choicesOf(chosen, named);
  return (
    <div className="pillars-run">
      <div className="row">
        <label htmlFor={id}>Run</label>
        <select
          id={id}
          value={named}
          onChange={({ target }) => {
            change({
              run: target.value === '' ? null : target.value,
              tick: null,
              from: null,
              window: null,
              windows: null,
            });
          }}
        >
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <RunFacts run={chosen.run} />
    </div>
  );
}

function RunFacts({ run }: { readonly run: RunStatus | undefined }): JSX.Element {
  if (run === undefined) return <p className="pillars-run-facts">&nbsp;</p>;
  return (
    <p className="pillars-run-facts">
      <RunPill run={run} />
      <span className="mono">{run.name}</span>
      <span>
        {shownNumber(run.ticks_completed)} of {shownNumber(run.ticks_total)} ticks
      </span>
      <span>{shownInstant(run.started_at)}</span>
      <Link to={`/logs?run=${encodeURIComponent(run.run_id)}`}>Log</Link>
      {run.fault_reason !== undefined && (
        <span className={isTrouble(run) ? 'pillars-fault' : 'muted'}>{run.fault_reason}</span>
      )}
    </p>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The default first, then recent runs; an older run in the address is added. */
function choicesOf({ run, current, recent }: ChosenRun, named: string): Choice[] {
  const newest = recent[0];
  const first =
    current === null
      ? `Newest run${newest === undefined ? '' : ` (${newest.name})`}`
      : `Current run (${current.name})`;
  const choices: Choice[] = [{ value: '', label: first }];
  for (const { run_id, name, result, expected, started_at } of recent) {
    choices.push({
      value: run_id,
      label: `${name} · ${runWord({ state: result, expected })} · ${shownInstant(started_at)}`,
    });
  }
  if (choices.some(({ value }) => value === named)) return choices;
  return [...choices, { value: named, label: run === undefined ? named : `${run.name} · ${runWord(run)}` }];
}
