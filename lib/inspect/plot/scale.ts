/** A linear axis from values between `low` and `high` to pixels. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Labelled values, ascending. */
  readonly marks: readonly number[];
  readonly pixel: (value: number) => number;
}

/**
 * An axis that covers [from, to] and starts and ends at round values; `start` and `end` are pixels, `count`
 * is the approximate number of marks.
 */
export function roundScale(
  range: { readonly from: number; readonly to: number },
  pixels: { readonly start: number; readonly end: number },
  count: number,
): Scale {
  const from = range.from;
  const to = range.to > from ? range.to : from + 1;
  const step = roundStep((to - from) / Math.max(count, 1));
  const low = Math.floor(from / step) * step;
  const high = Math.ceil(to / step) * step;
  return scale(low, high, step, pixels);
}

/** An axis that covers exactly [from, to], with marks at round values. */
export function exactScale(
  range: { readonly from: number; readonly to: number },
  pixels: { readonly start: number; readonly end: number },
  count: number,
): Scale {
  const { from, to } = range;
  const step = Math.max(1, roundStep((to - from) / Math.max(count, 1)));
  return scale(from, Math.max(to, from + 1), step, pixels);
}

function scale(
  low: number,
  high: number,
  step: number,
  { start, end }: { readonly start: number; readonly end: number },
): Scale {
  const marks: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) marks.push(n * step);
  return { low, high, marks, pixel: (value) => start + ((value - low) / (high - low)) * (end - start) };
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `size`; never below 1, values are integers. */
function roundStep(size: number): number {
  let power = 1;
  while (power * 10 <= size) power *= 10;
  for (const factor of [1, 2, 5]) if (factor * power >= size) return factor * power;
  return 10 * power;
}

const UNITS = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
] as const;

/** A value on an axis: exact up to 9999, then with an SI prefix. */
export function axisText(value: number): string {
  const magnitude = Math.abs(value);
  for (const [from, prefix] of UNITS) {
    if (magnitude < from) continue;
    const unit = from === 1e4 ? 1e3 : from;
    return `${trimmed((value / unit).toFixed(2))}${prefix}`;
  }
  return trimmed(value.toFixed(2));
}

function trimmed(decimal: string): string {
  return decimal.replace(/\.?0+$/, '');
}

/** A pixel position in as few characters as possible. */
export function px(value: number): string {
  return trimmed(value.toFixed(1)) === '-0' ? '0' : trimmed(value.toFixed(1));
}
