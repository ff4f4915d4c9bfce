import { NO_REMARKS } from '../../store/remarks/run-remarks.js';
import {
  lacksObservables,
  neededObservables,
  type ObservedNeeds,
  type RowObserver,
} from '../observables/observed.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import type { Answers } from './answers.js';
import type { Condition } from './condition.js';
import type { RunCatalogue } from './run-catalogue.js';
import { selectedRun, type SelectedRun } from './selected-run.js';

/** Answers to read, and the conditions on them. */
export interface Reading {
  readonly catalogue: RunCatalogue;
  readonly answers: Answers;
  readonly conditions: readonly Condition[];
  readonly observer: RowObserver;
}

/**
 * The runs that match the conditions, in non-empty batches. Removed runs are omitted.
 *
 * @param order positions; absent: all, in order
 */
export async function* readAnswers(
  { catalogue: { facts, remarks, runs }, answers, conditions, observer }: Reading,
  wanted: ObservedNeeds | null,
  order: Iterable<number> = positions(answers.length),
): AsyncGenerator<readonly SelectedRun[], void, undefined> {
  const batches = new GrowingBatches();
  const yieldTimer = new YieldTimer();
  const tested = neededObservables(conditions.map(({ column }) => column));
  for (const position of order) {
    const number = answers.runAt(position);
    const read = facts.read(runs.ids.at(number), runs.placeOf(number));
    const run = read instanceof Promise ? await read : read;
    if (run !== undefined) {
      const { name, scenario, batch } = answers.asked(position, run);
      const noted = remarks.get(run.id) ?? NO_REMARKS;
      let row = selectedRun({ position, name, scenario, batch, run, remarks: noted });
      if (lacksObservables(row, tested) || lacksObservables(row, wanted)) {
        // Do not hold back rows during slow reads.
        yield* batches.take();
        row = await observer.observed(row, tested);
      }
      if (conditions.every(({ test }) => test(row))) {
        batches.add(lacksObservables(row, wanted) ? await observer.observed(row, wanted) : row);
      }
    }
    const isDue = yieldTimer.isDue;
    if (isDue || batches.isFull) yield* batches.take();
    if (isDue) await yieldTimer.yield();
  }
  yield* batches.take();
}

/** Rows one by one. */
export async function* singly(
  batches: AsyncIterable<readonly SelectedRun[]>,
): AsyncGenerator<SelectedRun, void, undefined> {
  for await (const batch of batches) yield* batch;
}

function* positions(length: number): Generator<number, void, undefined> {
  for (let position = 0; position < length; position++) yield position;
}

/** Maximum rows of a batch. The first ones are small: many callers only need a few rows. */
const BATCH = 256;

class GrowingBatches {
  #rows: SelectedRun[] = [];
  #size = 1;

  add(row: SelectedRun): void {
    this.#rows.push(row);
  }

  get isFull(): boolean {
    return this.#rows.length >= this.#size;
  }

  /** The collected rows, if any; the next batch may be larger. */
  *take(): Generator<readonly SelectedRun[], void, undefined> {
    if (this.#rows.length === 0) return;
    if (this.isFull) this.#size = Math.min(this.#size * 2, BATCH);
    yield this.#rows;
    this.#rows = [];
  }
}
