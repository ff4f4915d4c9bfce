import { MAX_INT } from '../../base/integers.js';
import type { PressDefaults, Scheme } from '../inputs.js';
import type { Candidate, StreamAccount } from './candidate.js';
import { deltaBits, deltaBitsBig, zeroRunBits, type MdlTick } from './mdl-tick.js';
import { RunningSum } from './running-sum.js';

/** Running totals of one stream of one window under `mdl-v0` (section 5.2); constant size for any length. */
export class MdlAccount implements StreamAccount {
  count = 0;
  readonly #hint: Scheme | null;
  readonly #preferred: readonly Scheme[];
  readonly #id = new RunningSum();
  readonly #quotients: readonly RunningSum[];
  readonly #r = new RunningSum();
  #zeros = 0;
  #last: number | bigint = 0;

  constructor(press: PressDefaults, hint: Scheme | null) {
    this.#hint = hint;
    this.#preferred = press.preferred_schemes;
    this.#quotients = Array.from({ length: press.gr_max_p + 1 }, () => new RunningSum());
  }

  /** Adds one tick of the stream. */
  fold(tick: MdlTick): void {
    if (tick.count === 0) return;
    this.#id.add(tick.id);
    for (let p = 0; p < this.#quotients.length; p++) this.#quotients[p]!.add(tick.quotients[p]!);
    this.#join(tick.first);
    if (tick.allZero) {
      this.#zeros += tick.leadingZeros;
    } else {
      this.#r.add(zeroRunBits(this.#zeros + tick.leadingZeros));
      this.#r.add(tick.inner);
      this.#zeros = tick.trailingZeros;
    }
    this.#last = tick.last;
    this.count += tick.count;
  }

  candidates(): readonly Candidate[] {
    const all: Candidate[] = [candidate('ID', 0, this.#id.value)];
    this.#quotients.forEach((sum, p) => all.push(candidate('GR', p, plus(sum.value, this.count * (1 + p)))));
    all.push(candidate('R', 0, plus(this.#r.value, zeroRunBits(this.#zeros))));
    return all;
  }

  choose(candidates: readonly Candidate[]): Candidate {
    const order = this.#hint === null ? this.#preferred : [this.#hint];
    let best: Candidate | undefined;
    for (const scheme of order) {
      for (const c of candidates) {
        if (c.scheme === scheme && (best === undefined || c.L_total < best.L_total)) best = c;
      }
    }
    return best!;
  }

  /** Accounts for the delta to the first value of a tick: from the previous value, or from 0 at the start. */
  #join(first: number | bigint): void {
    const last = this.count === 0 ? 0 : this.#last;
    const delta = difference(first, last);
    if (delta === 0) {
      this.#zeros++;
      return;
    }
    this.#r.add(zeroRunBits(this.#zeros));
    this.#zeros = 0;
    this.#r.add(typeof delta === 'number' ? deltaBits(delta) : deltaBitsBig(delta));
  }
}

/** first - last, as a number only if its zigzag fits a double as well. */
function difference(first: number | bigint, last: number | bigint): number | bigint {
  if (typeof first === 'number' && typeof last === 'number') {
    const delta = first - last;
    if (delta <= MAX_INT / 4 && delta >= -MAX_INT / 4) return delta;
  }
  const exact = BigInt(first) - BigInt(last);
  return exact === 0n ? 0 : exact;
}

function candidate(scheme: Scheme, params: number, total: number | bigint): Candidate {
  return { scheme, params, L_model: 0, L_residual: total, L_total: total };
}

function plus(a: number | bigint, b: number): number | bigint {
  const sum = new RunningSum();
  sum.add(a);
  sum.add(b);
  return sum.value;
}
