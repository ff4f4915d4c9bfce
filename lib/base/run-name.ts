/** The scenario that a run name begins with: `ring-5` of `ring-5[ticks=64]`. */
export function scenarioOfName(name: string): string {
  const bracket = name.indexOf('[');
  return bracket < 0 ? name : name.slice(0, bracket);
}
