import type { Value } from '../columns/value.js';
import { axisText, roundScale, type Scale } from '../plot/scale.js';
import { isNumeric, labelOf } from './chart-data.js';

/** An axis of values: their positions, and the labels along it. */
export interface ValueScale {
  readonly at: (value: Value) => number;
  readonly labels: readonly { readonly at: number; readonly text: string }[];
  /** Width per value in pixels; 0 for numbers. */
  readonly band: number;
  readonly isNumeric: boolean;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Numbers are placed by size, other values side by side. */
export function valueScale(values: readonly Value[], span: Span, count: number, banded = false): ValueScale {
  if (!banded && values.length > 1 && isNumeric(values)) return numberScale(values.map(Number), span, count);
  const band = (span.end - span.start) / Math.max(1, values.length);
  const places = new Map(values.map((value, n) => [value, span.start + (n + 0.5) * band]));
  const step = Math.ceil(values.length / Math.max(1, count));
  const shown = [...places].filter((_, n) => n % step === 0);
  return {
    at: (value) => places.get(value) ?? span.start,
    labels: shown.map(([value, at]) => ({ at, text: labelOf(value) })),
    band: Math.abs(band),
    isNumeric: false,
  };
}

function numberScale(values: readonly number[], span: Span, count: number): ValueScale {
  const scale = rangeScale(values, span, count);
  return {
    at: (value) => scale.pixel(Number(value)),
    labels: scale.marks.map((mark) => ({ at: scale.pixel(mark), text: axisText(mark) })),
    band: 0,
    isNumeric: true,
  };
}

/** A rounded axis over all numbers. */
export function rangeScale(values: readonly number[], span: Span, count: number, withZero = false): Scale {
  let [from, to] = withZero ? [0, 0] : [Infinity, -Infinity];
  for (const value of values) {
    if (value < from) from = value;
    if (value > to) to = value;
  }
  return roundScale(Number.isFinite(from) ? { from, to } : { from: 0, to: 1 }, span, count);
}
