import { MAX_INT } from '../../base/integers.js';

/** An exact sum of non-negative integers of any size; fast while it fits a double. */
export class RunningSum {
  #low = 0;
  #high = 0n;

  /** Adds a safe integer or a bigint, neither negative. */
  add(value: number | bigint): void {
    if (typeof value === 'bigint') {
      this.#high += value;
      return;
    }
    const sum = this.#low + value;
    if (sum <= MAX_INT) {
      this.#low = sum;
      return;
    }
    this.#high += BigInt(this.#low) + BigInt(value);
    this.#low = 0;
  }

  /** The sum as a number if it is safe, else as a bigint. */
  get value(): number | bigint {
    if (this.#high === 0n) return this.#low;
    const exact = this.#high + BigInt(this.#low);
    return exact <= BigInt(MAX_INT) ? Number(exact) : exact;
  }
}
