import type { JSX } from 'react';

/** State of a run, as far as it is known. */
export interface RunStanding {
  /** State of a run, result of a past one, or state of a run of a batch. */
  readonly state: string;
  readonly paused?: boolean;
  /** True if its scenario expects this end; null while unknown. */
  readonly expected: boolean | null;
}

const FAULTS: readonly string[] = ['fault', 'faulted', 'failed', 'timed_out'];
const ENDS: readonly string[] = ['completed', 'cached'];

/** The state as text: distinguishes an expected fault from others. */
export function runWord({ state, paused = false, expected }: RunStanding): string {
  if (paused) return 'paused';
  if (FAULTS.includes(state)) {
    if (expected === true) return `${state} as expected`;
    return expected === null ? `${state}, not judged` : state;
  }
  return ENDS.includes(state) && expected === false ? `${state}, not as expected` : state;
}

/** The state as the `data-state` of the style sheet. */
export function runLook({ state, paused = false, expected }: RunStanding): string {
  if (paused) return 'paused';
  if (FAULTS.includes(state)) return expected === true ? 'expected' : expected === null ? 'warn' : 'fault';
  return ENDS.includes(state) && expected === false ? 'fault' : state;
}

/** True for an end that needs attention. */
export function isTrouble(run: RunStanding): boolean {
  return runLook(run) === 'fault';
}

/** The state of a run. An unexpected fault is marked by colour, word and symbol. */
export function RunPill({ run }: { readonly run: RunStanding }): JSX.Element {
  const isUnknown = FAULTS.includes(run.state) && run.expected === null;
  return (
    <span
      className="pill"
      data-state={runLook(run)}
      title={isUnknown ? 'The record does not say whether the scenario expects this fault.' : undefined}
    >
      {runWord(run)}
    </span>
  );
}
