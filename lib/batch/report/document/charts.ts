import type { ReportedRun } from '../batch-report.js';
import { clipped } from '../table.js';
import { countText, durationText } from '../units.js';
import type { Complaints } from './judged-runs.js';
import { partOf, type ScenarioRow } from './scenario-rows.js';
import { escaped } from './xml-text.js';

const WIDTH = 960;
const LABEL = 240;
const ROW = 24;
const SLOWEST = 15;
const BINS = 24;

/** A bar per scenario, cut by what became of its runs. */
export function outcomeChart(rows: readonly ScenarioRow[]): string {
  const most = Math.max(1, ...rows.map(({ runs }) => runs));
  const room = WIDTH - LABEL - 60;
  const bars = rows.map((row, n) => {
    let x = LABEL;
    const parts = (['done', 'cached', 'failed', 'left'] as const).map((part) => {
      const width = (row[part] / most) * room;
      const bar = rect({
        x,
        y: n * ROW,
        width,
        kind: KIND[part],
        title: `${row.scenario}: ${countText(row[part])} ${part}`,
      });
      x += width;
      return bar;
    });
    return `${label(row.scenario, n)}${parts.join('')}${text(x + 6, n, countText(row.runs))}`;
  });
  return svg(rows.length, 'Outcomes by scenario', bars.join(''));
}

/** Each part's class in the style. */
export const KIND = { done: 'good', cached: 'cached', failed: 'bad', left: 'left' } as const;

/** The longest executions, with their names. */
export function slowestChart(runs: readonly ReportedRun[], wrong: Complaints): string {
  const slowest = executed(runs)
    .sort((a, b) => b.duration_ms - a.duration_ms || (a.name < b.name ? -1 : 1))
    .slice(0, SLOWEST);
  if (slowest.length === 0) return NOTHING;
  const most = Math.max(1, slowest[0]!.duration_ms);
  const bars = slowest.map((run, n) => {
    const width = (run.duration_ms / most) * (WIDTH - LABEL - 90);
    const kind = KIND[partOf(run, wrong)];
    const bar = rect({
      x: LABEL,
      y: n * ROW,
      width,
      kind,
      title: `${run.name}: ${durationText(run.duration_ms)}`,
    });
    return `${label(run.name, n)}${bar}${text(LABEL + width + 6, n, durationText(run.duration_ms))}`;
  });
  return svg(slowest.length, 'The slowest runs', bars.join(''));
}

/** How many runs took how long, in bins that double, so that milliseconds and minutes fit one axis. */
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
  const bars = all.map((bin, n) => {
    const count = counts.get(bin) ?? 0;
    const width = (count / most) * (WIDTH - LABEL - 60);
    const name = `up to ${durationText(2 ** bin)}`;
    const bar = rect({ x: LABEL, y: n * ROW, width, kind: 'good', title: `${name}: ${countText(count)}` });
    return `${label(name, n)}${bar}${text(LABEL + width + 6, n, countText(count))}`;
  });
  return svg(all.length, 'How long runs took', bars.join(''));
}

const NOTHING = '<p>Nothing was executed.</p>';

function executed(runs: readonly ReportedRun[]): ReportedRun[] {
  return runs.filter(({ executions }) => executions > 0);
}

function svg(rows: number, title: string, content: string): string {
  const height = Math.max(1, rows) * ROW;
  return `<svg viewBox="0 0 ${String(WIDTH)} ${String(height)}" role="img" aria-label="${escaped(title)}">${content}</svg>`;
}

function label(name: string, row: number): string {
  return `<text x="${String(LABEL - 8)}" y="${String(row * ROW + 16)}" text-anchor="end">${escaped(clipped(name, 34))}</text>`;
}

function text(x: number, row: number, content: string): string {
  return `<text x="${x.toFixed(1)}" y="${String(row * ROW + 16)}">${escaped(content)}</text>`;
}

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly kind: string;
  readonly title: string;
}

function rect({ x, y, width, kind, title }: Bar): string {
  if (width <= 0) return '';
  const at = `x="${x.toFixed(1)}" y="${String(y + 3)}" width="${width.toFixed(1)}" height="${String(ROW - 6)}"`;
  return `<rect class="${kind}" ${at}><title>${escaped(title)}</title></rect>`;
}
