import type { RunHandle } from '../runs/run-handle.js';
import { shownText } from '../shown-text.js';

/** What a check has at hand. */
export interface CheckTools {
  /** Runs a scenario to its end, with log and metrics. */
  readonly run: (scenarioId: string) => Promise<RunHandle>;
  readonly signal: AbortSignal;
}

/** How a check went. A check that cannot be made here is neither passed nor failed. */
export interface CheckVerdict {
  readonly status: 'PASSED' | 'FAILED' | 'ABORTED';
  readonly message: string;
}

/** One thing that diagnostics look at. */
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

/** The verdict on a run that should have completed; undefined when it did. */
export function notCompleted(handle: RunHandle): CheckVerdict | undefined {
  const { end } = handle;
  if (end?.state === 'completed') return undefined;
  return failed(
    `${handle.plan.name} ended as ${end?.state ?? 'running'}: ${shownText(end?.failure?.message ?? 'no reason given')}`,
  );
}
