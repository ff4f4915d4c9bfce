import type { Value } from '../columns/value.js';
import type { AxisValues } from './axis-values.js';

interface Axis {
  readonly first: Value;
  /** Number of rows with the axis. */
  seen: number;
  varies: boolean;
}

/** Finds the axes on which rows differ. */
export class AxisCounts {
  #rows = 0;
  readonly #axes = new Map<string, Axis>();

  add(axes: AxisValues): void {
    this.#rows++;
    for (const [key, value] of axes) {
      const axis = this.#axes.get(key);
      if (axis === undefined) this.#axes.set(key, { first: value, seen: 1, varies: false });
      else {
        axis.seen++;
        axis.varies ||= value !== axis.first;
      }
    }
  }

  /** Adds the counts of others. */
  merge(others: AxisCounts): void {
    this.#rows += others.#rows;
    for (const [key, { first, seen, varies }] of others.#axes) {
      const axis = this.#axes.get(key);
      if (axis === undefined) this.#axes.set(key, { first, seen, varies });
      else {
        axis.seen += seen;
        axis.varies ||= varies || first !== axis.first;
      }
    }
  }

  /** Every axis. */
  keys(): Iterable<string> {
    return this.#axes.keys();
  }

  /** Axes with at least two values, or that only some rows have. */
  varying(): readonly string[] {
    const differing = [...this.#axes].filter(([, { seen, varies }]) => varies || seen < this.#rows);
    return differing.map(([key]) => key);
  }
}
