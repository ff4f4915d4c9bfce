/** Pattern of run names and of every id in the store: no separators, no upper case, at most 128 characters. */
export const RUN_NAME = '^[a-z0-9][a-z0-9._=,\\[\\]-]{0,127}$';
/** Pattern of scenario ids. */
export const SCENARIO_ID = '^[a-z0-9][a-z0-9._-]{0,63}$';

/** The scenario that a run name begins with: `ring-5` of `ring-5[ticks=64]`. */
export function scenarioOfName(name: string): string {
  const bracket = name.indexOf('[');
  return bracket < 0 ? name : name.slice(0, bracket);
}
