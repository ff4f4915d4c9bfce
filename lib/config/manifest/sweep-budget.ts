import type { CheckContext } from '../documents/loaded.js';
import type { Path } from '../source/path.js';
import { sweepCost, type SweepCost } from '../sweep/sweep-cost.js';
import type { Sweep } from '../sweep/sweep-axis.js';

/** Limit on the steps of expanding sweeps in one call. */
export interface StepBudget {
  /** Counts steps unless they exceed the limit; returns the steps that are left. */
  spendSteps(steps: number): number;
}

/** Refuses a valid sweep whose expansion would take too many steps, before it is expanded. */
export function isAffordable(
  { view, problems }: CheckContext,
  base: Path,
  { sweep, steps }: { readonly sweep: Sweep; readonly steps: StepBudget },
): boolean {
  const cost = sweepCost(sweep);
  const left = steps.spendSteps(cost.steps);
  if (cost.steps <= left) return true;
  const part = costliest(cost);
  problems.at(view, part === undefined ? base : [...base, part], {
    code: 'sweep-too-costly',
    message: 'expanding the sweep takes more steps than the limit',
    found: `${String(cost.steps)} steps: ${describe(cost)}`,
    expected: `at most ${String(left)} in the rest of this call`,
    hint:
      part === undefined
        ? 'split the sweep over several calls'
        : `use fewer distinct sets of keys in ${part}`,
  });
  return false;
}

function costliest({ values, exclude, include }: SweepCost): 'exclude' | 'include' | undefined {
  if (values >= Math.max(exclude, include)) return undefined;
  return exclude >= include ? 'exclude' : 'include';
}

function describe({ combinations, values, exclude, include }: SweepCost): string {
  const entries = exclude + include;
  return `${String(combinations)} combinations of ${String(values)} values, each compared with up to ${String(entries)} entries`;
}
