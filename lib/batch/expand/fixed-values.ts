import type { Json } from '../../base/canonical-json.js';
import type { Problem } from '../../base/problem.js';
import {
  overrideFromKey,
  overridePath,
  sweepKeys,
  type ManifestScenario,
  type Override,
} from '../../config/index.js';

/** Effect of overrides of the command line on a sweep. */
export interface FixedValues {
  /** Varying keys set by an override: every cell has the value of the override, and its name shows it. */
  readonly values: ReadonlyMap<string, Json>;
  /**
   * Overrides of a part of a varying value, or of a value that contains it: names could not show the result.
   */
  readonly problems: readonly Problem[];
}

/** Checks overrides against the varying keys of a scenario. */
export function fixedValues(scenario: ManifestScenario, overrides: readonly Override[]): FixedValues {
  const values = new Map<string, Json>();
  const problems: Problem[] = [];
  for (const key of overrides.length === 0 ? [] : sweepKeys(scenario)) {
    const axis = overrideFromKey(key, null, scenario.id);
    if (!axis.ok) continue;
    for (const override of overrides) {
      const relation = relate(axis.value, override);
      if (relation === 'same' && override.odd === undefined) values.set(key, override.value);
      else if (relation === 'overlapping') problems.push(overlap(scenario, key, override));
    }
  }
  return { values, problems };
}

function relate(a: Override, b: Override): 'same' | 'overlapping' | 'apart' {
  const [left, right] = [overridePath(a), overridePath(b)];
  const shared = Math.min(left.length, right.length);
  for (let step = 0; step < shared; step++) if (left[step] !== right[step]) return 'apart';
  return left.length === right.length ? 'same' : 'overlapping';
}

function overlap(scenario: ManifestScenario, key: string, override: Override): Problem {
  return {
    code: 'override-overlaps-sweep',
    message: `scenario ${scenario.id} varies ${key}, and this override sets a part of it or a value that contains it`,
    file: override.origin,
    line: 0,
    column: 0,
    pointer: '',
    hint: `override ${key} itself, or leave the scenario out of the selection`,
  };
}
