import { inLine } from '../../base/printable.js';
import type { BatchPlan } from '../plan/batch-plan.js';
import { durationWith, planForecast } from '../plan/plan-forecast.js';
import { standingFailure } from '../outcome.js';
import type { PlannedRun, PlanReason } from '../plan/planned-run.js';
import { fittedRow, type FittedColumn } from './fitted-table.js';
import { bytesText, countText, durationText, plural } from '../../base/quantity.js';
import { sharedText } from './shared-text.js';

const COLUMNS: readonly FittedColumn[] = [
  { title: 'action', align: 'left' },
  { title: 'run', align: 'left', shrinksTo: 32 },
  { title: 'ticks', align: 'right', isOptional: true },
  { title: 'time', align: 'right', isOptional: true },
  { title: 'reason', align: 'left', shrinksTo: 16 },
];

const ACTION = { run: 'run', cached: 'cached', follow: 'shared' } as const;

/** The plan of a batch with its reasons, line by line, in the width of a terminal. */
export function* planLines(plan: BatchPlan, jobs: number, width: number | null): Generator<string> {
  const line = fittedRow(COLUMNS, naturalWidths(plan), width);
  yield line(COLUMNS.map(({ title }) => title));
  for (const run of plan.runs) yield line(rowOf(run));
  yield '';
  yield forecastLine(plan, jobs);
}

/** Reads the plan twice, so that rows of a million runs need not be held. */
function naturalWidths(plan: BatchPlan): number[] {
  const widths = COLUMNS.map(({ title }) => title.length);
  for (const run of plan.runs) {
    for (const [c, cell] of rowOf(run).entries()) widths[c] = Math.max(widths[c]!, inLine(cell).length);
  }
  return widths;
}

function rowOf(run: PlannedRun): readonly string[] {
  return [
    ACTION[run.action],
    run.name,
    countText(run.ticks_total),
    run.action === 'run'
      ? `${run.forecast.from_history ? '' : '~'}${durationText(run.forecast.duration_ms)}`
      : '-',
    verdictText(run),
  ];
}

/** The reason, and what is already known of the verdict of the run. */
function verdictText(run: PlannedRun): string {
  const failure = standingFailure(run);
  return `${reasonText(run.reason)}${failure === null ? '' : `, and fails: ${failure.message}`}`;
}

/** Why a run is executed or not, as text. */
function reasonText(reason: PlanReason): string {
  switch (reason.why) {
    case 'new':
      return 'never run before';
    case 'inputs_changed':
      return `${reason.documents.join(', ')} changed since ${reason.since}`;
    case 'not_finished':
      return notFinishedText(reason);
    case 'forced':
      return 'forced';
    case 'repeated':
      return `to be executed ${String(reason.times)} times`;
    case 'artefacts_dropped':
      return `${reason.run} is compact, full artefacts are requested`;
    case 'cached':
      return `same inputs as ${reason.run}`;
    case 'same_inputs':
      return `same inputs as ${reason.as} in this batch`;
  }
}

function notFinishedText({ run, last, expected }: Extract<PlanReason, { why: 'not_finished' }>): string {
  const ended = `last run ${run} ended as ${last}`;
  if (expected !== null) return `${ended}, but was expected to fault with ${expected}`;
  if (last !== 'completed') return `${ended}, which is not a result`;
  return `last run ${run} differs from another run of the same inputs, or was not fully repeated`;
}

function forecastLine(plan: BatchPlan, jobs: number): string {
  const forecast = planForecast(plan.runs);
  const { to_run, cached, shared, bytes, sized, estimated } = forecast;
  const counts = `${plural(to_run, 'run')} to execute, ${countText(cached)} cached${shared === 0 ? '' : `, ${sharedText(shared)}`}`;
  if (to_run === 0) return counts;
  const parts = [
    counts,
    `about ${durationText(durationWith(forecast, jobs))} with ${plural(jobs, 'job')}`,
    bytes === null ? 'no history of sizes' : `${bytesText(bytes)} for ${plural(sized, 'run')} with history`,
  ];
  if (estimated > 0) parts.push(`${plural(estimated, 'time')} estimated from the amount of work`);
  return parts.join('; ');
}
