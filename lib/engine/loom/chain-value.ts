import { Latest } from '../../base/derived.js';
import { MAX_INT, addMod, isStorable, mulMod } from '../../base/integers.js';
import { intRangeFault } from '../fault.js';
import type { Profile, STRule } from '../inputs.js';
import type { UmxKernel } from '../umx/kernel.js';

/** Evaluates s_t and the chain value C_t of each tick (sections 4.1, 4.2). */
export class LoomChain {
  /** C_t of the last tick seen; C_0 before the first. */
  C_t: number;
  s_t = 0;
  readonly #a: number;
  readonly #b: number;
  readonly #M: number;
  readonly #rule: STRule;
  #primes: Float64Array;

  constructor(profile: Profile, nodes: number) {
    this.C_t = profile.C0;
    this.#a = profile.chain_a;
    this.#b = profile.chain_b;
    this.#M = profile.modulus_M;
    this.#rule = profile.s_t_rule;
    this.#primes = profile.s_t_rule.mode === 'prime_weighted' ? primesFor(nodes) : new Float64Array(0);
  }

  /** Sets the number of nodes of the graph from the next tick on. */
  reshape(nodes: number): void {
    if (this.#rule.mode === 'prime_weighted' && nodes > this.#primes.length)
      this.#primes = firstPrimes(nodes);
  }

  /** @throws EngineFault INT_RANGE when s_t cannot be stored. */
  advance(tick: number, kernel: UmxKernel): void {
    this.s_t = this.#signal(tick, kernel);
    const M = this.#M;
    const product = this.#a * this.C_t;
    const weighted = this.#b * this.s_t;
    const sum = product + weighted + tick;
    if (Math.abs(product) + Math.abs(weighted) + tick <= MAX_INT) {
      this.C_t = sum >= 0 ? sum % M : addMod(sum, 0, M);
      return;
    }
    const mixed = addMod(mulMod(this.#a, this.C_t, M), mulMod(this.#b, this.s_t, M), M);
    this.C_t = addMod(mixed, tick, M);
  }

  #signal(tick: number, kernel: UmxKernel): number {
    const rule = this.#rule;
    switch (rule.mode) {
      case 'constant':
        return rule.value;
      case 'prime_weighted':
        return this.#primeWeighted(tick, kernel.post_u);
      case 'sum_abs_flux':
        return sumAbsFlux(tick, kernel.sum_abs_flux, rule);
    }
  }

  #primeWeighted(tick: number, post_u: Float64Array): number {
    const primes = this.#primes;
    let sum = 0;
    let magnitude = 0;
    for (let n = 0; n < post_u.length; n++) {
      const term = primes[n]! * post_u[n]!;
      sum += term;
      magnitude += term < 0 ? -term : term;
    }
    if (magnitude <= MAX_INT) return sum;
    let exact = 0n;
    for (let n = 0; n < post_u.length; n++) exact += BigInt(primes[n]!) * BigInt(post_u[n]!);
    return storable(tick, exact);
  }
}

function sumAbsFlux(
  tick: number,
  total: number | bigint,
  rule: Extract<STRule, { mode: 'sum_abs_flux' }>,
): number {
  const exact = BigInt(rule.offset) + BigInt(rule.scale) * BigInt(total);
  if (rule.max_value !== null && exact > BigInt(rule.max_value)) return rule.max_value;
  return storable(tick, exact);
}

function storable(tick: number, exact: bigint): number {
  if (!isStorable(exact)) throw intRangeFault(tick, 's_t', 'the value');
  return Number(exact);
}

const latest = new Latest<readonly [number], Float64Array>();

function primesFor(nodes: number): Float64Array {
  return nodes <= MOST_KEPT ? latest.of([nodes], () => firstPrimes(nodes)) : firstPrimes(nodes);
}

const MOST_KEPT = 4096;

/** The first `count` primes, from 2. */
export function firstPrimes(count: number): Float64Array {
  const primes = new Float64Array(count);
  if (count === 0) return primes;
  const bound = count < 6 ? 15 : Math.ceil(count * (Math.log(count) + Math.log(Math.log(count)))) + 1;
  const composite = new Uint8Array(bound + 1);
  let found = 0;
  for (let n = 2; found < count; n++) {
    if (composite[n] === 1) continue;
    primes[found++] = n;
    for (let m = n * n; m <= bound; m += n) composite[m] = 1;
  }
  return primes;
}
