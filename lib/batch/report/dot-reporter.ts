import type { BatchEvent } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import type { Reporter, ReportSurroundings } from './reporter.js';

const WIDTH = 80;

/** One character per run: `.` done, `c` cached, `F` failed, `-` left. */
export class DotReporter implements Reporter {
  readonly #around: ReportSurroundings;
  #column = 0;

  constructor(around: ReportSurroundings) {
    this.#around = around;
  }

  readonly onEvent = (event: BatchEvent): void => {
    if (event.type === 'run_end') this.#dot(event.outcome);
    else if (event.type === 'batch_end') this.close();
  };

  #dot(outcome: RunOutcome): void {
    const { errColors: colors } = this.#around;
    this.#around.err(outcomeMark(outcome, colors.red));
    if (++this.#column % WIDTH === 0) this.#around.err('\n');
  }

  close(): void {
    if (this.#column % WIDTH !== 0) this.#around.err('\n');
    this.#column = 0;
  }
}

function outcomeMark(outcome: RunOutcome, bad: (text: string) => string): string {
  if (outcome.state === 'not_started' || outcome.state === 'cancelled') return '-';
  if (!outcome.ok) return bad('F');
  return outcome.state === 'cached' ? 'c' : '.';
}
