import type { ManifestScenario } from '../../config/index.js';

/** A test of run names. */
export interface NamePattern {
  test(name: string): boolean;
}

/** Selection of the loaded scenarios; all given conditions must be met. */
export interface Selection {
  /** Tested on the run name. */
  readonly grep: NamePattern | null;
  /** A scenario with any of the tags is selected; empty selects all. */
  readonly tags: readonly string[];
  /** Scenario ids; empty selects all. */
  readonly scenarios: readonly string[];
}

export const EVERYTHING: Selection = { grep: null, tags: [], scenarios: [] };

export function selectsScenario(selection: Selection, scenario: ManifestScenario): boolean {
  const { tags, scenarios } = selection;
  return (
    (tags.length === 0 || tags.some((tag) => scenario.tags.includes(tag))) &&
    (scenarios.length === 0 || scenarios.includes(scenario.id))
  );
}

export function selectsRun(selection: Selection, name: string): boolean {
  return selection.grep === null || selection.grep.test(name);
}
