import { type BatchReport, type ReportedRun } from '../batch-report.js';
import { isLeft } from '../complaints.js';
import { type Complaint } from '../complaints.js';
import { countText, durationText, plural } from '../../../base/quantity.js';

/** Failures by run name. */
export type Complaints = ReadonlyMap<string, readonly Complaint[]>;

/** Outcome of a run including its golden, in display order. */
const JUDGEMENTS = ['completed', 'faulted as expected', 'cached', 'failed', 'left'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/** A run that ended as expected and differs from its golden has failed. */
export function judgementOf(run: ReportedRun, wrong: Complaints): Judgement {
  if (isLeft(run)) return 'left';
  if (wrong.has(run.name)) return 'failed';
  if (run.state === 'cached') return 'cached';
  return run.state === 'faulted' ? 'faulted as expected' : 'completed';
}

/** `10 runs: 9 cached, 1 failed in 1.5 s.` */
export function headline({ runs, duration_ms }: BatchReport, wrong: Complaints): string {
  const counts = new Map<Judgement, number>();
  for (const run of runs) {
    const judgement = judgementOf(run, wrong);
    counts.set(judgement, (counts.get(judgement) ?? 0) + 1);
  }
  const told = JUDGEMENTS.filter((word) => counts.has(word)).map(
    (word) => `${countText(counts.get(word)!)} ${word}`,
  );
  return `${plural(runs.length, 'run')}: ${told.join(', ')} in ${durationText(duration_ms)}.`;
}
