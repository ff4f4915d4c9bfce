import type { TickStep } from './oracle-umx.js';

const LIMIT = 2n ** 53n - 1n;

/** Every place where the first out-of-range tick of a run exceeds |x| <= 2^53-1. */
export interface RangeBreak {
  readonly tick: number;
  readonly places: readonly string[];
}

/** Collects the values of one tick that no record can store; the oracle continues with exact values. */
export class RangeWatch {
  readonly #tick: number;
  readonly #places = new Set<string>();

  constructor(tick: number) {
    this.#tick = tick;
  }

  /** Records the place if the value cannot be stored. */
  check(place: string, value: bigint): void {
    if (value > LIMIT || value < -LIMIT) this.#places.add(place);
  }

  /** Checks the values of a state, node by node. */
  state(u: readonly bigint[]): void {
    u.forEach((value, at) => this.check(`node ${String(at + 1)}`, value));
  }

  /** Checks all values of a tick ledger. */
  step({ pre_u, post_u, edges }: TickStep): void {
    this.state(pre_u);
    for (const { edge, du, raw, f_e } of edges) {
      for (const value of [du, raw, f_e]) this.check(`edge ${String(edge.e_id)}`, value);
    }
    this.state(post_u);
    for (const [place, values] of Object.entries({ sum_pre_u: pre_u, sum_post_u: post_u })) {
      this.check(
        place,
        values.reduce((sum, value) => sum + value, 0n),
      );
    }
  }

  get broken(): RangeBreak | null {
    return this.#places.size === 0 ? null : { tick: this.#tick, places: [...this.#places] };
  }
}
