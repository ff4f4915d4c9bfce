import { byCodeUnit } from '../../../base/code-units.js';
import type { ReportedRun } from '../batch-report.js';
import { countText, durationText } from '../../../base/quantity.js';
import type { Complaints } from './judged-runs.js';
import { PARTS, partOf, type Part, type ScenarioRow } from './scenario-rows.js';
import { escaped } from '../../../base/xml-text.js';

const SLOWEST = 15;
const BINS = 24;
/** Minimum width of a visible piece of a bar, in per cent. */
const LEAST = 0.5;

/** CSS class of each part. */
export const KIND = { done: 'good', cached: 'cached', failed: 'bad', left: 'left' } as const;

/** A bar per scenario, divided by the outcomes of its runs. */
export function outcomeChart(rows: readonly ScenarioRow[]): string {
  const most = rows.reduce((longest, { runs }) => Math.max(longest, runs), 1);
  const bars = rows.map((row) => {
    const pieces = PARTS.map((part) => ({
      share: row[part] / most,
      kind: KIND[part],
      title: `${row.scenario}: ${countText(row[part])} ${part}`,
    }));
    return bar(row.scenario, pieces, countText(row.runs));
  });
  return legend(PARTS.filter((part) => rows.some((row) => row[part] > 0))) + chart(bars);
}

/** The longest executions, with their names. */
export function slowestChart(runs: readonly ReportedRun[], wrong: Complaints): string {
  const all = executed(runs).sort((a, b) => b.duration_ms - a.duration_ms || byCodeUnit(a.name, b.name));
  const slowest = all.slice(0, SLOWEST);
  if (slowest.length === 0) return NOTHING;
  const most = Math.max(1, slowest[0]!.duration_ms);
  const parts = new Set<Part>();
  const bars = slowest.map((run) => {
    const part = partOf(run, wrong);
    parts.add(part);
    const time = durationText(run.duration_ms);
    const piece = { share: run.duration_ms / most, kind: KIND[part], title: `${run.name}: ${time}` };
    return bar(run.name, [piece], time);
  });
  const note =
    all.length > SLOWEST ? `<p>${countText(SLOWEST)} of ${countText(all.length)} executed runs</p>` : '';
  return legend(PARTS.filter((part) => parts.has(part))) + chart(bars) + note;
}

/** Number of runs by duration, in bins that double, so that milliseconds and minutes fit one axis. */
export function durationChart(runs: readonly ReportedRun[]): string {
  const counts = new Map<number, number>();
  for (const { duration_ms } of executed(runs)) {
    const bin = Math.min(BINS, Math.max(0, Math.ceil(Math.log2(Math.max(1, duration_ms)))));
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  if (counts.size === 0) return NOTHING;
  const bins = [...counts.keys()].sort((a, b) => a - b);
  const all = Array.from({ length: bins.at(-1)! - bins[0]! + 1 }, (_, n) => bins[0]! + n);
  const most = Math.max(...counts.values());
  const bars = all.map((bin) => {
    const count = counts.get(bin) ?? 0;
    const name = `up to ${durationText(2 ** bin)}`;
    const piece = { share: count / most, kind: 'plain', title: `${name}: ${countText(count)}` };
    return bar(name, [piece], countText(count));
  });
  return chart(bars);
}

const NOTHING = '<p>Nothing was executed.</p>';

function executed(runs: readonly ReportedRun[]): ReportedRun[] {
  return runs.filter(({ executions }) => executions > 0);
}

function chart(bars: readonly string[]): string {
  return `<ul class="bars">${bars.join('')}</ul>`;
}

function legend(parts: readonly Part[]): string {
  const keys = parts.map((part) => `<li><svg class="key"><rect class="${KIND[part]}"/></svg>${part}</li>`);
  return `<ul class="legend" aria-label="Colours">${keys.join('')}</ul>`;
}

interface Piece {
  /** Share of the longest bar of the chart. */
  readonly share: number;
  readonly kind: string;
  readonly title: string;
}

/** Only the bar stretches with the page; its text keeps its size. */
function bar(name: string, pieces: readonly Piece[], value: string): string {
  const shown = pieces.filter(({ share }) => share > 0);
  const widths = shown.map(({ share }) => Math.max(100 * share, LEAST));
  const total = widths.reduce((sum, width) => sum + width, 0);
  let x = 0;
  const rects = shown.map(({ kind, title }, n) => {
    const width = widths[n]! * Math.min(1, 100 / total);
    const at = `x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="1"`;
    x += width;
    return `<rect class="${kind}" ${at}><title>${escaped(title)}</title></rect>`;
  });
  const svg = `<svg viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label="${escaped(shown.map(({ title }) => title).join(', '))}">`;
  return `<li><span class="name">${escaped(name)}</span>${svg}${rects.join('')}</svg><span>${escaped(value)}</span></li>`;
}
