import type { BatchEvent } from '../batch-event.js';
import type { Reporter, ReportSurroundings } from './reporter.js';

/** Version of the stream's shape; raised when a field changes its meaning or goes away. */
const EVENT_STREAM_VERSION = 1;

/** Every event as one JSON line on the results' side, with the time it was seen. */
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
