import type { BatchEvent } from '../batch-event.js';
import type { Reporter, ReportSurroundings } from './reporter.js';

/** Version of the stream; raised when a field changes its meaning or is removed. */
const EVENT_STREAM_VERSION = 1;

/** Writes every event as one JSON line to the results output, with its time. */
export class JsonReporter implements Reporter {
  readonly #around: ReportSurroundings;

  constructor(around: ReportSurroundings) {
    this.#around = around;
  }

  readonly onEvent = (event: BatchEvent): void => {
    const time = new Date(this.#around.clock.now()).toISOString();
    this.#around.out(`${JSON.stringify({ v: EVENT_STREAM_VERSION, time, ...event })}\n`);
  };

  close(): void {
    return;
  }
}
