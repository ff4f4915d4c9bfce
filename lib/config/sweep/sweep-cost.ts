import { cellBound, splitEntry } from './combinations.js';
import { EntryIndex } from './entry-index.js';
import { sweepAxes, type Sweep } from './sweep-axis.js';
import { MAX_CELLS } from './too-many-cells.js';

/** Cost of expanding a sweep once. */
export interface SweepCost {
  readonly combinations: number;
  /** Number of values of each combination. */
  readonly values: number;
  /** Steps per combination to find the matching entries of exclude and include. */
  readonly exclude: number;
  readonly include: number;
  /** Total: the combinations times the steps of each. */
  readonly steps: number;
}

/**
 * Computed without expanding; a sweep with more cells than a batch may have costs nothing, because it is
 * never expanded.
 */
export function sweepCost(sweep: Sweep): SweepCost {
  const axes = sweepAxes(sweep);
  const combinations =
    axes.length === 0 || cellBound(sweep) > MAX_CELLS ? 0 : axes.reduce((all, { points }) => all * points, 1);
  const values = axes.reduce((sum, { keys }) => sum + keys.length, 0);
  const own = new Set(axes.flatMap(({ keys }) => keys));
  const included = (sweep.include ?? []).map((entry) => splitEntry(entry, own));
  const exclude = new EntryIndex(sweep.exclude ?? []).steps(() => 1);
  const include = new EntryIndex(included.map(({ match }) => match)).steps(
    (index) => 1 + Object.keys(included[index]!.added).length,
  );
  return { combinations, values, exclude, include, steps: combinations * (values + exclude + include) };
}
