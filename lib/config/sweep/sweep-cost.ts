import { cellBound, splitEntry } from './combinations.js';
import { EntryIndex } from './entry-index.js';
import { sweepAxes, type Sweep } from './sweep-axis.js';
import { MAX_CELLS } from './too-many-cells.js';

/** What it takes to expand a sweep once. */
export interface SweepCost {
  readonly combinations: number;
  /** Values of each combination. */
  readonly values: number;
  /** Steps for each combination to find the entries of exclude and include that it matches. */
  readonly exclude: number;
  readonly include: number;
  /** All of it: the combinations times the rest. */
  readonly steps: number;
}

/** Found without expanding; a sweep of more cells than a batch may have costs nothing, as it is never expanded. */
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
