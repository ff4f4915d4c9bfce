import type { BatchEvent } from '../batch-event.js';
import type { RunningRun } from '../execute/running-run.js';
import type { RunOutcome } from '../outcome.js';

/** Fewer milliseconds than this say nothing about the pace. */
const PACE_NEEDS_MS = 1000;

/** Counts what a batch has come to so far, from its events. */
export class Tally {
  total = 0;
  /** Runs with an outcome, cached ones included. */
  ended = 0;
  /** Executed and as they should be. */
  done = 0;
  cached = 0;
  failed = 0;
  #started = 0;
  #workMs = 0;
  #workDoneMs = 0;
  #expected = new Map<string, number>();

  /** @param now milliseconds since the Unix epoch */
  count(event: BatchEvent, now: number): void {
    if (event.type === 'batch_start') {
      this.total = event.total;
      this.#workMs = event.work_ms;
      this.#started = now;
    } else if (event.type === 'run_start') {
      this.#expected.set(event.name, event.work_ms);
    } else if (event.type === 'run_end') {
      this.#ended(event.outcome);
      this.#workDoneMs += event.work_ms;
      this.#expected.delete(event.outcome.name);
    }
  }

  #ended(outcome: RunOutcome): void {
    if (outcome.state === 'not_started') return;
    this.ended++;
    if (!outcome.ok) this.failed += outcome.state === 'cancelled' ? 0 : 1;
    else if (outcome.state === 'cached') this.cached++;
    else this.done++;
  }

  elapsedMs(now: number): number {
    return now - this.#started;
  }

  /**
   * Milliseconds until the batch is done, if it goes on at the pace so far: expected work done against time
   * spent. Null as long as that would be guessing.
   */
  remainingMs(now: number, running: Iterable<RunningRun>): number | null {
    const elapsed = this.elapsedMs(now);
    const done = this.#workDoneMs + this.#workUnderWay(running);
    if (elapsed < PACE_NEEDS_MS || done <= 0) return null;
    return (Math.max(0, this.#workMs - done) * elapsed) / done;
  }

  #workUnderWay(running: Iterable<RunningRun>): number {
    let work = 0;
    for (const run of running) {
      work += ((this.#expected.get(run.name) ?? 0) * run.control.ticksCompleted) / run.ticksTotal;
    }
    return work;
  }
}
