import type { RunHandle } from '../runs/run-handle.js';
import { shownText } from '../shown-text.js';

/** Tools of a check. */
export interface CheckTools {
  /** Runs a scenario to its end, with log and metrics. */
  readonly run: (scenarioId: string) => Promise<RunHandle>;
  readonly signal: AbortSignal;
}

/** Result of a check. A check that is not possible here is neither passed nor failed. */
export interface CheckVerdict {
  readonly status: 'PASSED' | 'FAILED' | 'ABORTED';
  readonly message: string;
}

/** One check of diagnostics. */
export interface DiagnosticTask {
  readonly name: string;
  readonly check: (tools: CheckTools) => Promise<CheckVerdict>;
}

export function passed(message: string): CheckVerdict {
  return { status: 'PASSED', message };
}

export function failed(message: string): CheckVerdict {
  return { status: 'FAILED', message };
}

export function skipped(message: string): CheckVerdict {
  return { status: 'ABORTED', message };
}

/** The verdict for a run that should have completed; undefined if it did. */
export function notCompleted(handle: RunHandle): CheckVerdict | undefined {
  const { end } = handle;
  if (end?.state === 'completed') return undefined;
  return failed(
    `${handle.plan.name} ended as ${end?.state ?? 'running'}: ${shownText(end?.failure?.message ?? 'no reason given')}`,
  );
}
