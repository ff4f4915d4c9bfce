import type { BatchRecord } from '../../store/record-types.js';

type Outcome = BatchRecord['outcomes'][number];

/** The last result and time of each name. */
export class PastOutcomes {
  readonly #results = new Map<string, Outcome>();
  readonly #times = new Map<string, number>();

  add(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (outcome.result_digest !== null) this.#results.set(outcome.name, outcome);
      const time = executedMs(outcome);
      if (time !== null) this.#times.set(outcome.name, time);
    }
  }

  result({ name }: Outcome): Outcome | undefined {
    return this.#results.get(name);
  }

  /** Sum of the last times of these names; null unless all are known. */
  time(outcomes: readonly Outcome[]): number | null {
    return sumOf(outcomes.map(({ name }) => this.#times.get(name) ?? null));
  }
}

/** True if a result differs from the previous one; without a result no change is known. */
export function isChanged(before: Outcome, { result_digest }: Outcome): boolean {
  return result_digest !== null && before.result_digest !== result_digest;
}

/** True if it did not end as expected, or was not executed. */
export function isBad({ ok, state }: Outcome): boolean {
  return ok === undefined ? state !== 'completed' && state !== 'cached' && state !== 'faulted' : !ok;
}

/** Duration of one execution by the batch itself in milliseconds; null if the result was cached. */
export function executedMs({ state, measured_ms, duration_ms }: Outcome): number | null {
  if (state !== 'completed' && state !== 'faulted') return null;
  return measured_ms ?? (duration_ms > 0 ? duration_ms : null);
}

/** The sum; null unless all are known. */
export function sumOf(times: readonly (number | null)[]): number | null {
  if (times.length === 0) return null;
  return times.reduce<number | null>((sum, time) => (sum === null || time === null ? null : sum + time), 0);
}
