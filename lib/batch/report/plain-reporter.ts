import { inLine } from '../../base/printable.js';
import type { BatchEvent } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import { failureHeadline, stoppingLine } from './failure-lines.js';
import type { Reporter, ReportSurroundings } from './reporter.js';
import { isUnfinished } from './summary-report.js';
import { Tally } from './tally.js';
import { countText, durationText, roughDuration } from '../../base/quantity.js';
import { sharedText } from './shared-text.js';

/** Maximum number of executed runs with one line each; for more, progress is reported in steps. */
const LINE_EACH = 200;
const STEPS = 20;

/** Progress as plain lines, for pipes, files and CI logs. */
export class PlainReporter implements Reporter {
  readonly #around: ReportSurroundings;
  readonly #tally = new Tally();
  #lineEach = true;
  #nextStep = 0;

  constructor(around: ReportSurroundings) {
    this.#around = around;
  }

  readonly onEvent = (event: BatchEvent): void => {
    this.#tally.count(event, this.#around.clock.monotonic());
    if (event.type === 'batch_start') this.#begin(event);
    else if (event.type === 'run_end') this.#ended(event.outcome);
    else if (event.type === 'run_retry') {
      this.#line(
        `retry   ${inLine(event.name)}  attempt ${String(event.attempt)} failed: ${event.code}: ${inLine(event.message)}`,
      );
    } else if (event.type === 'stopping') {
      this.#line(stoppingLine(event));
    }
  };

  #begin(event: BatchEvent & { type: 'batch_start' }): void {
    this.#lineEach = event.to_run <= LINE_EACH;
    this.#nextStep = event.cached + event.to_run / STEPS;
    const { total, cached, shared, to_run, jobs } = event;
    const sharing = shared === 0 ? '' : `, ${sharedText(shared)}`;
    this.#line(
      `${countText(total)} selected: ${countText(to_run)} to run, ${countText(cached)} cached${sharing}, ${String(jobs)} at once`,
    );
  }

  #ended(outcome: RunOutcome): void {
    if (!outcome.ok && !isUnfinished(outcome)) this.#line(failureHeadline(outcome, this.#around.errColors));
    else if (this.#lineEach && outcome.state !== 'cached' && !isUnfinished(outcome)) {
      const ticks = `${countText(outcome.ticks_completed)} ticks`;
      this.#line(`done    ${inLine(outcome.name)}  ${ticks}  ${durationText(outcome.duration_ms)}`);
    }
    if (!this.#lineEach) this.#step();
  }

  #step(): void {
    const { total, ended, failed } = this.#tally;
    if (ended < this.#nextStep || ended === total) return;
    this.#nextStep = ended + (total - this.#tally.cached) / STEPS;
    const now = this.#around.clock.monotonic();
    const remaining = this.#tally.remainingMs(now, this.#around.running());
    const eta = remaining === null ? '' : `, ${roughDuration(remaining)} left`;
    this.#line(`${countText(ended)} of ${countText(total)} ended, ${countText(failed)} failed${eta}`);
  }

  #line(text: string): void {
    this.#around.err(`${text}\n`);
  }

  close(): void {
    return;
  }
}
