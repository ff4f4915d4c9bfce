import type { BatchEvent } from '../batch-event.js';
import type { SupervisedRun } from '../../execution/supervised-run.js';

/** Minimum milliseconds for an estimate of the pace. */
const PACE_NEEDS_MS = 1000;

/** A run between its first start and its end; if it is not running, its latest execution is being stored. */
interface Started {
  /** Predicted milliseconds of one repetition. */
  readonly work_ms: number;
  readonly repetition: number;
  readonly repetitions: number;
  /** Start of its latest execution. */
  readonly since: number;
}

/** Predicted work and measured time, both in milliseconds of one slot. */
interface Computed {
  readonly work: number;
  readonly took: number;
}

/** Estimates the remaining time of a batch, from its events and the progress of its running runs. */
export class Pace {
  #began = 0;
  /** Predicted milliseconds on one slot, of the whole batch and of the ended runs. */
  #planned = 0;
  #ended: Computed = { work: 0, took: 0 };
  #started = new Map<string, Started>();
  #waiting = { runs: 0, work: 0 };

  /** @param now milliseconds of the monotonic clock */
  count(event: BatchEvent, now: number): void {
    if (event.type === 'batch_start') {
      this.#began = now;
      this.#planned = event.work_ms;
      this.#waiting = { runs: event.to_run, work: event.work_ms };
    } else if (event.type === 'run_start') {
      if (!this.#started.has(event.name)) this.#notWaiting(event.work_ms * event.repetitions);
      const { work_ms, repetition, repetitions } = event;
      this.#started.set(event.name, { work_ms, repetition, repetitions, since: now });
    } else if (event.type === 'run_end' && event.work_ms > 0) this.#end(event);
  }

  /** The remaining work of a run that ends before its last repetition, or without a start, is removed. */
  #end({ outcome, work_ms }: BatchEvent & { type: 'run_end' }): void {
    const started = this.#started.get(outcome.name);
    if (started === undefined) this.#notWaiting(work_ms);
    this.#started.delete(outcome.name);
    const work = started === undefined ? 0 : started.work_ms * started.repetition;
    this.#planned -= work_ms - work;
    this.#ended = { work: this.#ended.work + work, took: this.#ended.took + outcome.duration_ms };
  }

  #notWaiting(work: number): void {
    this.#waiting = { runs: this.#waiting.runs - 1, work: this.#waiting.work - work };
  }

  elapsedMs(now: number): number {
    return now - this.#began;
  }

  /**
   * Milliseconds until the batch is done at the current pace of all slots, but at least the remaining time of
   * the longest run: repetitions are sequential. Null while an estimate would be a guess.
   */
  remainingMs(now: number, running: Iterable<SupervisedRun>): number | null {
    const elapsed = this.elapsedMs(now);
    const shares = new Map(
      [...running].map((run) => [run.name, run.control.ticksCompleted / run.ticksTotal]),
    );
    let { work: computed, took } = this.#ended;
    let done = computed;
    let longest = this.#meanWaiting();
    for (const [name, { work_ms, repetition, repetitions, since }] of this.#started) {
      const share = shares.get(name);
      const past = (repetition - 1 + (share ?? 1)) * work_ms;
      done += past;
      longest = Math.max(longest, repetitions * work_ms - past);
      if (share === undefined) continue;
      computed += share * work_ms;
      took += now - since;
    }
    if (elapsed < PACE_NEEDS_MS || done <= 0) return null;
    const together = (Math.max(0, this.#planned - done) * elapsed) / done;
    return Math.max(together, computed > 0 ? (longest * took) / computed : longest);
  }

  /** Lower bound of the longest run that waits for a slot. */
  #meanWaiting(): number {
    const { runs, work } = this.#waiting;
    return runs > 0 ? work / runs : 0;
  }
}
