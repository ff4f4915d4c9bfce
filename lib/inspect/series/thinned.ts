import { compareValues } from '../columns/value.js';
import type { Row } from '../table/table.js';

/** Every k-th tick, including the first of the range. */
export async function* everyTick(
  batches: AsyncIterable<readonly Row[]>,
  { from, every }: { readonly from: number; readonly every: number },
): AsyncGenerator<readonly Row[], void, undefined> {
  for await (const batch of batches) {
    const kept = batch.filter(([tick]) => ((tick as number) - from) % every === 0);
    if (kept.length > 0) yield kept;
  }
}

/**
 * Approximately the requested number of rows: ticks are divided into ranges of equal length, and in each the
 * ticks with the minimum or maximum of a metric are kept, so that no peak is lost. Several metrics keep more
 * rows.
 */
export async function* extremeTicks(
  batches: AsyncIterable<readonly Row[]>,
  { from, to, points }: { readonly from: number; readonly to: number; readonly points: number },
): AsyncGenerator<readonly Row[], void, undefined> {
  const length = Math.max(1, Math.ceil((to - from + 1) / Math.max(1, Math.floor(points / 2))));
  if (length <= 2) {
    yield* batches;
    return;
  }
  let extremes: Extremes | undefined;
  for await (const batch of batches) {
    const kept: Row[] = [];
    for (const row of batch) {
      const stretch = Math.floor(((row[0] as number) - from) / length);
      if (extremes?.stretch !== stretch) {
        if (extremes !== undefined) kept.push(...extremes.rows());
        extremes = new Extremes(stretch, row.length);
      }
      extremes.add(row);
    }
    if (kept.length > 0) yield kept;
  }
  if (extremes !== undefined) yield extremes.rows();
}

class Extremes {
  readonly stretch: number;
  readonly #least: (Row | undefined)[];
  readonly #most: (Row | undefined)[];

  constructor(stretch: number, columns: number) {
    this.stretch = stretch;
    this.#least = new Array<Row | undefined>(columns).fill(undefined);
    this.#most = new Array<Row | undefined>(columns).fill(undefined);
  }

  add(row: Row): void {
    for (let c = 1; c < row.length; c++) {
      const value = row[c]!;
      if (value === null) continue;
      const [least, most] = [this.#least[c], this.#most[c]];
      if (least === undefined || compareValues(value, least[c]!) < 0) this.#least[c] = row;
      if (most === undefined || compareValues(value, most[c]!) > 0) this.#most[c] = row;
    }
  }

  /** By tick. */
  rows(): readonly Row[] {
    const kept = new Set([...this.#least, ...this.#most].filter((row) => row !== undefined));
    return [...kept].sort((a, b) => (a[0] as number) - (b[0] as number));
  }
}
