import type { VerdictReason } from '../../store/batch-verdict.js';
import type { RunOutcome } from '../outcome.js';
import { verdictOf } from '../verdict/report-verdict.js';
import type { BatchReport } from './batch-report.js';

/** A failure of one run, from its outcome or from its golden. */
export interface Complaint {
  readonly code: string;
  /** One line. */
  readonly message: string;
  /** Details, one fact per line. */
  readonly details: readonly string[];
}
/** Name of failures of the batch as a whole; no run can have it. */
export const WHOLE_BATCH = '(batch)';
/**
 * Failures of runs, by name; also of goldens without a run, and of the batch as a whole. Empty if and only if
 * the verdict is ok.
 */
export function complaints(report: BatchReport): ReadonlyMap<string, readonly Complaint[]> {
  const found = new Map<string, Complaint[]>();
  const add = (name: string, complaint: Complaint): void => {
    const known = found.get(name);
    if (known === undefined) found.set(name, [complaint]);
    else known.push(complaint);
  };
  for (const run of report.runs) if (!run.ok && !isLeft(run)) add(run.name, runComplaint(run));
  for (const { name, code, lines } of report.goldens?.findings ?? []) {
    add(name, { code, message: lines[0] ?? code, details: lines.slice(1) });
  }
  for (const { code, message } of verdictOf(report).reasons.filter(isOfWholeBatch)) {
    add(WHOLE_BATCH, { code, message, details: [] });
  }
  return found;
}
/** Stopped before its end, or not started. */
export function isLeft({ state }: RunOutcome): boolean {
  return state === 'not_started' || state === 'cancelled';
}
/** True if the batch is as expected. */
export function isGood(report: BatchReport): boolean {
  return verdictOf(report).ok;
}

/** Reasons that are listed per run and golden. */
const TOLD_ONE_BY_ONE: ReadonlySet<string> = new Set(['RUNS_FAILED', 'GOLDENS_DIFFER', 'GOLDENS_NOT_JUDGED']);

function isOfWholeBatch({ code }: VerdictReason): boolean {
  return !TOLD_ONE_BY_ONE.has(code);
}

function runComplaint(run: RunOutcome): Complaint {
  const { failure } = run;
  const where = [
    ...(failure?.tick === null || failure === null ? [] : [`tick ${String(failure.tick)}`]),
    ...(failure?.place === null || failure === null ? [] : [failure.place]),
  ].join(', ');
  return {
    code: failure?.code ?? run.state.toUpperCase(),
    message: failure?.message ?? `ended as ${run.state}`,
    details: [
      ...(where === '' ? [] : [`at ${where}`]),
      `${String(run.ticks_completed)} of ${String(run.ticks_total)} ticks computed`,
      ...(run.run === null ? [] : [`run ${run.run}; look: aether runs ${run.run}`]),
    ],
  };
}
