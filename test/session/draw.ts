import fc from 'fast-check';
import type { Arbitrary, GeneratorValue } from 'fast-check';

/** Texts that reveal encoders that are careless about UTF-8, escapes or the order of code units. */
const ODD_TEXTS = [
  'a',
  'Z',
  'é',
  '\u{1F600}',
  '\uFFFD',
  '"\\',
  '\t',
  '\u0001',
  '\u007f',
  '\u2028',
  '漢',
  '/',
];

const EVEN = new Map<string, () => Arbitrary<number>>();

/** One function for each range: fast-check searches all earlier arguments of a function. */
function even(min: number, max: number): () => Arbitrary<number> {
  const range = `${String(min)} ${String(max)}`;
  const known = EVEN.get(range) ?? (() => fc.noBias(fc.integer({ min, max })));
  EVEN.set(range, known);
  return known;
}

/** Draws the parts of random documents; fast-check records them, so that failures are repeated and shrunk. */
export class Draw {
  readonly #value: GeneratorValue;

  constructor(value: GeneratorValue) {
    this.#value = value;
  }

  /** An integer in [min, max], uniformly distributed. */
  int(min: number, max: number): number {
    return this.#value(even(min, max));
  }

  /** A safe integer in [min, max]; the ends and values near 0 are more frequent. */
  wide(min: number, max: number): number {
    return this.oneIn(6) ? this.pick([min, max]) : this.#value(fc.integer, { min, max }) + 0;
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.int(1, times) === times;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(0, from.length - 1)]!;
  }

  /** The value in one of `times` cases, otherwise null. */
  rarely<T>(times: number, make: () => T): T | null {
    return this.oneIn(times) ? make() : null;
  }

  list<T>(min: number, max: number, make: (at: number) => T): T[] {
    return Array.from({ length: this.int(min, max) }, (_, at) => make(at));
  }

  /** A non-empty text, often an unusual one. */
  text(stem: string): string {
    return this.oneIn(3) ? stem + this.pick(ODD_TEXTS) + this.pick(ODD_TEXTS) : stem;
  }

  /** A permutation. */
  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    const out: T[] = [];
    while (rest.length > 0) out.push(...rest.splice(this.int(0, rest.length - 1), 1));
    return out;
  }

  /** A non-empty choice in random order. */
  some<T>(items: readonly T[]): T[] {
    return this.shuffled(items).slice(0, this.int(1, items.length));
  }
}
