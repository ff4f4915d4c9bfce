import { byCodeUnit } from './code-units.js';

/** Pattern of run names and of every id in the store: no separators, no upper case, at most 128 characters. */
export const RUN_NAME = '^[a-z0-9][a-z0-9._=,\\[\\]-]{0,127}$';
/** Pattern of scenario ids. */
export const SCENARIO_ID = '^[a-z0-9][a-z0-9._-]{0,63}$';

/** Order of the keys in a run name: ticks first, the others by code unit. */
export function byNameKey(a: string, b: string): number {
  if (a === 'ticks' || b === 'ticks') return a === b ? 0 : a === 'ticks' ? -1 : 1;
  return byCodeUnit(a, b);
}

/** The scenario that a run name begins with: `ring-5` of `ring-5[ticks=64]`. */
export function scenarioOfName(name: string): string {
  const bracket = name.indexOf('[');
  return bracket < 0 ? name : name.slice(0, bracket);
}
