import { byCodeUnit } from '../../base/code-units.js';
import type { Colors } from 'picocolors/types.js';
import type { BatchSummary, StopCause } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import { failureLines } from './failure-lines.js';
import { fittedTable, type FittedColumn } from './fitted-table.js';
import { countText, durationText, plural } from '../../base/quantity.js';
import { sharedText } from './shared-text.js';

/** Maximum of failures shown in full; the rest is counted, and the store has all of them. */
const SHOWN_FAILURES = 50;

const COLUMNS: readonly FittedColumn[] = [
  { title: 'scenario', align: 'left', shrinksTo: 24 },
  { title: 'runs', align: 'right' },
  { title: 'done', align: 'right' },
  { title: 'cached', align: 'right' },
  { title: 'failed', align: 'right' },
  { title: 'left', align: 'right' },
  { title: 'ticks', align: 'right', isOptional: true },
  { title: 'time', align: 'right', isOptional: true },
];

interface Row {
  runs: number;
  done: number;
  cached: number;
  failed: number;
  left: number;
  ticks: number;
  duration_ms: number;
}

/** Display options of a summary. */
export interface SummaryLook {
  readonly colors: Colors;
  /** Width of the terminal; null if there is none. */
  readonly width: number | null;
}

/** Collects outcomes by scenario, and renders the end of a batch. */
export class SummaryReport {
  readonly #rows = new Map<string, Row>();
  readonly #failures: RunOutcome[] = [];
  #timedOut = 0;

  add(outcome: RunOutcome): void {
    const row = this.#rows.get(outcome.scenario) ?? emptyRow();
    this.#rows.set(outcome.scenario, row);
    addTo(row, outcome);
    if (outcome.state === 'timed_out') this.#timedOut++;
    if (!outcome.ok && !isUnfinished(outcome)) this.#failures.push(outcome);
  }

  /** The summary, without a final newline. */
  render(summary: BatchSummary, store: string, { colors, width }: SummaryLook): string {
    const lines = [...this.#table(colors, width), ''];
    const failures = [...this.#failures].sort((a, b) => byCodeUnit(a.name, b.name));
    for (const outcome of failures.slice(0, SHOWN_FAILURES)) lines.push(...failureLines(outcome, colors), '');
    const hidden = failures.length - SHOWN_FAILURES;
    if (hidden > 0) lines.push(`and ${plural(hidden, 'more failure')}; --json lists them all`, '');
    return [...lines, ...this.#closingLines(summary, store, colors)].join('\n');
  }

  #closingLines(summary: BatchSummary, store: string, colors: Colors): string[] {
    const { stopped_by, store_error, batch } = summary;
    const lines = [verdictLine(summary, colors)];
    if (stopped_by !== null) lines.push(stoppedLine(stopped_by, summary, this.#timedOut));
    if (store_error === null) lines.push(colors.dim(`batch ${batch} in ${store}`));
    return lines;
  }

  #table(colors: Colors, width: number | null): string[] {
    const names = [...this.#rows.keys()].sort();
    const rows = names.map((name) => [name, ...cells(this.#rows.get(name)!)]);
    if (names.length > 1) {
      const total = emptyRow();
      for (const row of this.#rows.values()) {
        for (const key of Object.keys(total) as (keyof Row)[]) total[key] += row[key];
      }
      rows.push(['total', ...cells(total)]);
    }
    const [head, ...body] = fittedTable(COLUMNS, rows, width);
    return [colors.dim(head!), ...body];
  }
}

function emptyRow(): Row {
  return { runs: 0, done: 0, cached: 0, failed: 0, left: 0, ticks: 0, duration_ms: 0 };
}

function addTo(row: Row, outcome: RunOutcome): void {
  row.runs++;
  if (isUnfinished(outcome)) row.left++;
  else if (!outcome.ok) row.failed++;
  else if (outcome.state === 'cached') row.cached++;
  else row.done++;
  if (outcome.state !== 'cached') row.ticks += outcome.ticks_completed;
  row.duration_ms += outcome.duration_ms;
}

/** Stopped before its end, to be continued by the next call. */
export function isUnfinished(outcome: RunOutcome): boolean {
  return outcome.state === 'not_started' || outcome.state === 'cancelled';
}

function cells(row: Row): string[] {
  const counts = [row.runs, row.done, row.cached, row.failed, row.left, row.ticks].map(countText);
  return [...counts, durationText(row.duration_ms)];
}

const STOPPED: Readonly<Record<StopCause, string>> = {
  interrupted: 'interrupted',
  max_failures: 'stopped after the allowed number of failures',
  global_timeout: 'stopped by --global-timeout',
  store_unusable: 'stopped because the store cannot keep results',
};

function verdictLine(summary: BatchSummary, colors: Colors): string {
  const parts = [
    [summary.completed, 'completed'],
    [summary.faulted_as_expected, 'faulted as expected'],
    [summary.cached, summary.shared === 0 ? 'cached' : `cached (${sharedText(summary.shared)})`],
    [summary.failed, 'failed'],
    [summary.cancelled, 'cancelled'],
    [summary.not_started, 'not started'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${countText(count)} ${word}`);
  const verdict =
    summary.failed > 0 ? colors.red : summary.stopped_by === null ? colors.green : colors.yellow;
  const time = durationText(summary.duration_ms);
  return `${verdict(`${plural(summary.selected, 'run')}: ${told.join(', ')}`)} in ${time}`;
}

/**
 * Why the batch stopped, and what is left for the next call: including runs that failed because the batch
 * reached its time limit.
 */
function stoppedLine(because: StopCause, summary: BatchSummary, timedOut: number): string {
  const cut = because === 'global_timeout' ? timedOut : 0;
  const left = summary.not_started + summary.cancelled + cut;
  if (left === 0) return STOPPED[because];
  const cutText = cut > 0 ? ` (${countText(cut)} timed out)` : '';
  return `${STOPPED[because]}; ${plural(left, 'run')} left${cutText}, the same command continues`;
}
