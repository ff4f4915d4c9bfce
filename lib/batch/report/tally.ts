import type { BatchEvent } from '../batch-event.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';
import type { RunOutcome } from '../outcome.js';
import { Pace } from './pace.js';

/** Counts the outcomes of a batch so far, from its events. */
export class Tally {
  total = 0;
  /** Runs with an outcome, including cached ones. */
  ended = 0;
  /** Executed and as expected. */
  done = 0;
  cached = 0;
  failed = 0;
  readonly #pace = new Pace();

  /** @param now milliseconds of the monotonic clock */
  count(event: BatchEvent, now: number): void {
    this.#pace.count(event, now);
    if (event.type === 'batch_start') this.total = event.total;
    else if (event.type === 'run_end') this.#ended(event.outcome);
  }

  #ended(outcome: RunOutcome): void {
    if (outcome.state === 'not_started') return;
    this.ended++;
    if (!outcome.ok) this.failed += outcome.state === 'cancelled' ? 0 : 1;
    else if (outcome.state === 'cached') this.cached++;
    else this.done++;
  }

  elapsedMs(now: number): number {
    return this.#pace.elapsedMs(now);
  }

  /** Milliseconds until the batch is done; null while an estimate would be a guess. */
  remainingMs(now: number, running: Iterable<SupervisedRun>): number | null {
    return this.#pace.remainingMs(now, running);
  }
}
