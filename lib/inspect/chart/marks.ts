import { px, type Scale } from '../plot/scale.js';
import type { ChartPoint } from './chart-data.js';
import { compareValues, type Value } from '../columns/value.js';
import { summaryOf, type Summary } from './statistics.js';
import type { ValueScale } from './value-scale.js';

/** Points of one series of one panel. */
export interface SeriesPoints {
  /** Index of the colour. */
  readonly colour: number;
  /** Index among the series, for marks that are drawn side by side. */
  readonly place: number;
  readonly of: number;
  readonly points: readonly ChartPoint[];
}

export interface PanelScales {
  readonly x: ValueScale;
  readonly y: Scale;
}

/** Number of series whose marks have different sizes. */
export const MARK_SIZES = 4;

/**
 * A mark for each run; marks on the same pixel are drawn once. Marks of earlier series are larger and below,
 * so that equal series stay visible.
 */
export function scatterMarks({ colour, place, of, points }: SeriesPoints, { x, y }: PanelScales): string[] {
  const places = new Set(points.map((point) => `${px(x.at(point.x))} ${px(y.pixel(point.y))}`));
  if (places.size === 0) return [];
  const d = [...places].map((place) => `M${place}h0`).join('');
  const size = Math.min(of - 1 - place, MARK_SIZES - 1);
  return [`<path class="curve dot w${String(size)} k${String(colour)}" d="${d}"/>`];
}

/** A line through the means, and a mark for each run. */
export function lineMarks(series: SeriesPoints, scales: PanelScales): string[] {
  const { x, y } = scales;
  const means = summaries(series.points).map(
    ([value, { mean }]) => `${px(x.at(value))} ${px(y.pixel(mean))}`,
  );
  const line =
    means.length < 2 ? [] : [`<path class="curve k${String(series.colour)}" d="M${means.join('L')}"/>`];
  return [...line, ...scatterMarks(series, scales)];
}

/** A bar up to the mean, with a whisker from minimum to maximum if they differ. */
export function barMarks(series: SeriesPoints, { x, y }: PanelScales): string[] {
  return summaries(series.points).flatMap(([value, { mean, least, most }]) => {
    const { left, width } = slot(series, x, value);
    const [zero, top] = [y.pixel(Math.max(0, y.low)), y.pixel(mean)];
    const bar = `<path class="bar f${String(series.colour)}" d="M${px(left)} ${px(zero)}V${px(top)}h${px(width)}V${px(zero)}z"/>`;
    const middle = px(left + width / 2);
    const whisker = `<path class="whisker" d="M${middle} ${px(y.pixel(least))}V${px(y.pixel(most))}"/>`;
    return least === most ? [bar] : [bar, whisker];
  });
}

/** A box from the first to the third quartile with the median, whiskers to minimum and maximum. */
export function boxMarks(series: SeriesPoints, { x, y }: PanelScales): string[] {
  return summaries(series.points).map(([value, { least, most, quartiles }]) => {
    const { left, width } = slot(series, x, value);
    const [low, median, high] = quartiles.map((quartile) => px(y.pixel(quartile)));
    const [middle, right] = [px(left + width / 2), px(left + width)];
    const box = `M${px(left)} ${low!}V${high!}H${right}V${low!}zM${px(left)} ${median!}H${right}`;
    const whiskers = `M${middle} ${low!}V${px(y.pixel(least))}M${middle} ${high!}V${px(y.pixel(most))}`;
    return `<path class="curve box k${String(series.colour)}" d="${box}${whiskers}"/>`;
  });
}

/** The part of a band that belongs to a series. */
function slot(
  { place, of }: SeriesPoints,
  x: ValueScale,
  value: Value,
): { readonly left: number; readonly width: number } {
  const room = x.band * 0.8;
  const width = Math.min(48, room / of);
  return { left: x.at(value) - (width * of) / 2 + place * width + width * 0.05, width: width * 0.9 };
}

/** By x ascending. */
function summaries(points: readonly ChartPoint[]): readonly [Value, Summary][] {
  const byX = new Map<Value, number[]>();
  for (const { x, y } of points) {
    const group = byX.get(x);
    if (group === undefined) byX.set(x, [y]);
    else group.push(y);
  }
  return [...byX]
    .sort(([a], [b]) => compareValues(a, b))
    .map(([value, heights]): [Value, Summary] => [value, summaryOf(heights)]);
}
