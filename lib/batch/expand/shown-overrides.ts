import type { Digest } from '../../base/digest.js';
import type { Json } from '../../base/canonical-json.js';
import { overrideKey, type Override } from '../../config/index.js';
import { CellNamer, type NamedCell } from './cell-name.js';

/** Gives the input key of a cell under some of the overrides; undefined when its documents are invalid with them. */
export type KeyUnder = (overrides: readonly Override[]) => Digest | undefined;

/**
 * The overrides that the name of a cell shows: those that change its inputs. One that sets what the documents say anyway,
 * or what cannot change a result, is not shown; so a plain name always has the plain inputs.
 */
export function shownOverrides(overrides: readonly Override[], keyUnder: KeyUnder): readonly Override[] {
  if (overrides.length === 0) return overrides;
  const plain = keyUnder([]);
  if (plain === undefined) return overrides;
  const shown = overrides.filter((override) => keyUnder([override]) !== plain);
  // Overrides that only together change something are all shown.
  return shown.length === overrides.length || keyUnder(shown) === keyUnder(overrides) ? shown : overrides;
}

/** The cell under the name that shows the overrides too, with their values among its own. */
export function namedUnder(
  scenario: string,
  { values }: NamedCell,
  overrides: readonly Override[],
): NamedCell {
  const all = new Map<string, Json>(Object.entries(values));
  for (const override of overrides) all.set(overrideKey(override), override.value);
  return new CellNamer(scenario).name(all);
}
