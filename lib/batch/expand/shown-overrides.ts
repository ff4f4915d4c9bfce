import type { Digest } from '../../base/digest.js';
import type { Json } from '../../base/canonical-json.js';
import { overrideKey, type Override } from '../../config/index.js';
import { CellNamer, type NamedCell } from './cell-name.js';

/**
 * Computes the input key of a cell under some of the overrides; undefined if its documents are invalid with
 * them.
 */
export type KeyUnder = (overrides: readonly Override[]) => Digest | undefined;

/**
 * The overrides in the name of a cell: those that change its inputs. An override that repeats the value of
 * the documents, or cannot change a result, is not shown; so a name without overrides always has the inputs
 * of the documents.
 */
export function shownOverrides(overrides: readonly Override[], keyUnder: KeyUnder): readonly Override[] {
  if (overrides.length === 0) return overrides;
  const plain = keyUnder([]);
  if (plain === undefined) return overrides;
  const shown = overrides.filter((override) => keyUnder([override]) !== plain);
  // Overrides that change the inputs only together are all shown.
  return shown.length === overrides.length || keyUnder(shown) === keyUnder(overrides) ? shown : overrides;
}

/** The cell under the name that shows the overrides as well, with their values among its own. */
export function namedUnder(
  scenario: string,
  { values }: NamedCell,
  overrides: readonly Override[],
): NamedCell {
  const all = new Map<string, Json>(Object.entries(values));
  for (const override of overrides) all.set(overrideKey(override), override.value);
  return new CellNamer(scenario).name(all);
}

/** The cell under its longest possible name: one that shows every override. */
export function fullyNamed(scenario: string, cell: NamedCell, overrides: readonly Override[]): NamedCell {
  if (overrides.length === 0) return cell;
  const added = addedTo(cell, overrides);
  return added.length === 0 ? cell : namedUnder(scenario, cell, added);
}

/**
 * The overrides that the values of the cell do not contain yet; if several set the same place, the last one.
 */
export function addedTo({ values }: NamedCell, overrides: readonly Override[]): readonly Override[] {
  const last = new Map(overrides.map((override) => [overrideKey(override), override]));
  return [...last].flatMap(([key, override]) => (key in values ? [] : [override]));
}
