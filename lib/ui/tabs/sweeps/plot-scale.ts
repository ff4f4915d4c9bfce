import type { WireValue } from '../../../service/wire/index.js';
import { shownNumber } from '../../parts/numbers.js';
import { cellText } from './value-text.js';

interface ScaleTick {
  /** Share of the axis, 0..1. */
  readonly at: number;
  readonly text: string;
}

/** Positions of values on an axis. */
export interface PlotScale {
  /** Share of the axis, 0..1. */
  readonly at: (value: WireValue) => number;
  readonly ticks: readonly ScaleTick[];
}

const TICKS = 5;

/** Numbers are placed by size; if any value is not a number, values are placed side by side. */
export function scaleOf(values: readonly WireValue[]): PlotScale {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length ? numberScale(numbers) : categoryScale(values);
}

/** An axis of numbers with round ends. */
export function numberScale(values: readonly number[]): PlotScale {
  const least = values.reduce((found, value) => Math.min(found, value), Infinity);
  const most = values.reduce((found, value) => Math.max(found, value), -Infinity);
  const step = niceStep(most === least ? Math.max(Math.abs(most), 1) : most - least);
  const from = Math.floor(least / step) * step;
  const to = Math.max(Math.ceil(most / step) * step, from + step);
  const count = Math.round((to - from) / step);
  return {
    at: (value) => (Number(value) - from) / (to - from),
    ticks: Array.from({ length: count + 1 }, (_, n) => ({
      at: n / count,
      text: shownNumber(Number((from + n * step).toPrecision(12))),
    })),
  };
}

/** 1, 2 or 5 times a power of ten, so that about five of them span the range. */
function niceStep(span: number): number {
  const rough = span / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
}

/** Maximum number of labels on an axis of categories. */
const MOST_LABELS = 12;

function categoryScale(values: readonly WireValue[]): PlotScale {
  const distinct = [...new Set(values)];
  const places = new Map(distinct.map((value, n) => [value, (n + 0.5) / distinct.length]));
  const every = Math.ceil(distinct.length / MOST_LABELS);
  return {
    at: (value) => places.get(value) ?? 0,
    ticks: distinct
      .map((value) => ({ at: places.get(value)!, text: cellText(value) }))
      .filter((_, n) => n % every === 0),
  };
}
