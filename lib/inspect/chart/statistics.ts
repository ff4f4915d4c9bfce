/** Statistics of several runs, for a bar, a point of a line or a box. */
export interface Summary {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  readonly quartiles: readonly [number, number, number];
}

/** The summary of values; quartiles are interpolated as in spreadsheets. */
export function summaryOf(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => {
    const place = (sorted.length - 1) * part;
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return below + (above - below) * (place - Math.floor(place));
  };
  return {
    count: sorted.length,
    least: sorted[0]!,
    most: sorted.at(-1)!,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    quartiles: [at(0.25), at(0.5), at(0.75)],
  };
}
