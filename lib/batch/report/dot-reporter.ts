import type { BatchEvent } from '../batch-event.js';
import type { RunOutcome } from '../outcome.js';
import type { Reporter, ReportSurroundings } from './reporter.js';

const WIDTH = 80;

type DotSurroundings = Pick<ReportSurroundings, 'err' | 'errColors'>;

/** One character per run: `.` done, `c` cached, `F` failed, `-` left. */
export class DotReporter implements Reporter {
  readonly #around: DotSurroundings;
  #column = 0;
  #marks = '';

  constructor(around: DotSurroundings) {
    this.#around = around;
  }

  readonly onEvent = (event: BatchEvent): void => {
    if (event.type === 'run_end') this.#dot(event.outcome);
    else if (event.type === 'batch_end') this.endRow();
  };

  #dot(outcome: RunOutcome): void {
    const { errColors: colors } = this.#around;
    // Runs that end in one turn of the event loop are written together.
    if (this.#marks === '') queueMicrotask(this.#flush);
    this.#marks += outcomeMark(outcome, colors.red);
    if (++this.#column % WIDTH === 0) this.#marks += '\n';
  }

  readonly #flush = (): void => {
    if (this.#marks !== '') this.#around.err(this.#marks);
    this.#marks = '';
  };

  /** Called before another writer writes a line. */
  endRow(): void {
    if (this.#column % WIDTH !== 0) this.#marks += '\n';
    this.#column = 0;
    this.#flush();
  }

  close(): void {
    this.endRow();
  }
}

function outcomeMark(outcome: RunOutcome, bad: (text: string) => string): string {
  if (outcome.state === 'not_started' || outcome.state === 'cancelled') return '-';
  if (!outcome.ok) return bad('F');
  return outcome.state === 'cached' ? 'c' : '.';
}
