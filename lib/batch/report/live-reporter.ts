import { inLine } from '../../base/printable.js';
import type { BatchEvent } from '../batch-event.js';
import { isUnfinished } from './summary-report.js';
import { failureHeadline, stoppingLine } from './failure-lines.js';
import type { Reporter, ReportSurroundings } from './reporter.js';
import { clipped } from './table.js';
import { Tally } from './tally.js';
import { countText, durationText, roughDuration } from '../../base/quantity.js';

/** The redrawn area of a terminal. */
export interface LiveArea {
  readonly columns: () => number;
  readonly rows: () => number;
  draw(text: string): void;
  /** Removes the drawn lines. */
  clear(): void;
  /** Releases the terminal. */
  done(): void;
}

const REDRAW_MS = 100;
const SHOWN_RUNS = 8;
/** Widths below which a name beside its progress, or a bar beside its numbers, is useless. */
const LEAST_NAME = 4;
const LEAST_BAR = 4;

/**
 * A progress bar with counts, an estimate and the running runs, redrawn in place; failures scroll above it.
 */
export class LiveReporter implements Reporter {
  readonly #around: ReportSurroundings;
  readonly #area: LiveArea;
  readonly #tally = new Tally();
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  #saidSomething = false;

  constructor(around: ReportSurroundings, area: LiveArea) {
    this.#around = around;
    this.#area = area;
  }

  readonly onEvent = (event: BatchEvent): void => {
    this.#tally.count(event, this.#around.clock.monotonic());
    if (event.type === 'batch_start') this.#begin();
    else if (event.type === 'run_end' && !event.outcome.ok && !isUnfinished(event.outcome)) {
      this.#above(failureHeadline(event.outcome, this.#around.errColors));
    } else if (event.type === 'run_retry') {
      this.#above(`retry   ${inLine(event.name)}: ${event.code}: ${inLine(event.message)}`);
    } else if (event.type === 'stopping') {
      this.#stopping = true;
      this.#above(stoppingLine(event));
    } else if (event.type === 'batch_end') this.close();
  };

  #begin(): void {
    this.#timer = setInterval(() => {
      this.#draw();
    }, REDRAW_MS);
    this.#timer.unref();
    this.#draw();
  }

  #above(line: string): void {
    this.#area.clear();
    this.#saidSomething = true;
    this.#around.err(`${line}\n`);
    this.#draw();
  }

  #draw(): void {
    if (this.#timer !== undefined) this.#area.draw(this.frame());
  }

  /** Content of the live area. */
  frame(): string {
    const width = Math.max(1, this.#area.columns() - 1);
    const running = [...this.#around.running()];
    const lines = [this.#bar(width), this.#counts(width)];
    // The bar, the counts, the line that counts hidden runs, and one for the cursor.
    const shown = Math.max(0, Math.min(SHOWN_RUNS, this.#area.rows() - 4));
    for (const run of running.slice(0, shown)) {
      const share = Math.floor((run.control.ticksCompleted * 100) / run.ticksTotal);
      const progress = `${countText(run.control.ticksCompleted)}/${countText(run.ticksTotal)} ticks ${String(share).padStart(3)}%`;
      const name = inLine(run.name);
      const room = width - progress.length - 4;
      const isWide = room >= LEAST_NAME;
      lines.push(isWide ? `  ${clipped(name, room).padEnd(room)}  ${progress}` : clipped(`  ${name}`, width));
    }
    const hidden = running.length - shown;
    if (hidden > 0) lines.push(clipped(`  and ${String(hidden)} more`, width));
    return lines.slice(0, Math.max(1, this.#area.rows() - 1)).join('\n');
  }

  #bar(width: number): string {
    const { total, ended, failed } = this.#tally;
    const colors = this.#around.errColors;
    const share = total === 0 ? 1 : ended / total;
    const label = ` ${String(Math.floor(share * 100)).padStart(3)}%  ${countText(ended)}/${countText(total)}`;
    const room = Math.min(60, width - label.length);
    if (room < LEAST_BAR) return clipped(label.trimStart(), width);
    const filled = Math.floor(share * room);
    const color = failed > 0 ? colors.red : colors.green;
    return `${color('█'.repeat(filled))}${colors.dim('░'.repeat(room - filled))}${label}`;
  }

  #counts(width: number): string {
    const { done, cached, failed } = this.#tally;
    const now = this.#around.clock.monotonic();
    const remaining = this.#tally.remainingMs(now, this.#around.running());
    const parts = [
      `${countText(done)} done`,
      `${countText(cached)} cached`,
      `${countText(failed)} failed`,
      durationText(this.#tally.elapsedMs(now)),
      this.#stopping ? 'stopping' : remaining === null ? 'ETA unknown' : `ETA ${roughDuration(remaining)}`,
    ];
    return clipped(parts.join(' · '), width);
  }

  close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#area.clear();
    this.#area.done();
    if (this.#saidSomething) this.#around.err('\n');
  }
}
