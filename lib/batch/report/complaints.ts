import type { VerdictReason } from '../../store/batch-verdict.js';
import type { RunOutcome } from '../outcome.js';
import { verdictOf } from '../verdict/report-verdict.js';
import type { BatchReport } from './batch-report.js';

/** What is wrong with one run, from its own outcome and from its golden. */
export interface Complaint {
  readonly code: string;
  /** One line. */
  readonly message: string;
  /** More of it, one fact a line. */
  readonly details: readonly string[];
}
/** Name under which complaints about the batch as a whole are listed; no run can have it. */
export const WHOLE_BATCH = '(batch)';
/**
 * What is wrong with a run, by name; also goldens that have no run, and the batch as a whole. Empty exactly when the
 * verdict is ok.
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
/** Stopped before its end, or never started. */
export function isLeft({ state }: RunOutcome): boolean {
  return state === 'not_started' || state === 'cancelled';
}
/** True when the batch is as it should be. */
export function isGood(report: BatchReport): boolean {
  return verdictOf(report).ok;
}

/** Reasons that runs and goldens already tell one by one. */
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
