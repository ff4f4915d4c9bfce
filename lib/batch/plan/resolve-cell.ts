import type { Checked, Problem } from '../../base/problem.js';
import {
  overrideKey,
  type ManifestScenario,
  type Override,
  type ScenarioRegistry,
} from '../../config/index.js';
import type { RunInputs } from '../../engine/inputs.js';
import { inputKey, type InputKey } from '../../run/input-key.js';
import type { NamedCell } from '../expand/cell-name.js';
import { blameOverrides } from './blame-overrides.js';
import { namedUnder, shownOverrides } from '../expand/shown-overrides.js';

/** A cell with its documents. */
export interface ResolvedCell {
  /** Shows the overrides that change the inputs. */
  readonly cell: NamedCell;
  readonly inputs: RunInputs;
  readonly key: InputKey;
  /** Resolves once more. */
  readonly again: () => RunInputs;
}

/** Resolves a cell under overrides, of several to one place the last, and names it. */
export function resolveCell(
  registry: ScenarioRegistry,
  { id }: ManifestScenario,
  { cell, overrides }: { readonly cell: NamedCell; readonly overrides: readonly Override[] },
): Checked<ResolvedCell> {
  const resolve = (under: readonly Override[]): Checked<RunInputs> =>
    registry.resolveCell(id, cell.values, under);
  const inputs = resolve(overrides);
  if (!inputs.ok) return { ok: false, problems: blamed(registry, id, { cell, overrides }, inputs.problems) };
  const again = (): RunInputs => {
    const result = resolve(overrides);
    if (!result.ok) throw new Error(`${cell.name} resolved once and no longer does`);
    return result.value;
  };
  const key = inputKey(inputs.value);
  const added = addedTo(cell, overrides);
  const shown = shownOverrides(added, (under) => {
    const result = resolve([...overrides.filter((one) => overrideKey(one) in cell.values), ...under]);
    return result.ok ? inputKey(result.value).key : undefined;
  });
  const named = shown.length === 0 ? cell : namedUnder(id, cell, shown);
  return { ok: true, value: { cell: named, inputs: inputs.value, key, again } };
}

/** The problems of a cell; axes that an override sets do not count as the manifest's. */
function blamed(
  registry: ScenarioRegistry,
  id: string,
  { cell, overrides }: { readonly cell: NamedCell; readonly overrides: readonly Override[] },
  problems: readonly Problem[],
): readonly Problem[] {
  const overridden = new Set(overrides.map(overrideKey));
  const values = Object.fromEntries(Object.entries(cell.values).filter(([key]) => !overridden.has(key)));
  return blameOverrides(problems, overrides, (under) => {
    const result = registry.resolveCell(id, values, under);
    return result.ok ? [] : result.problems;
  });
}

/** The cell under the longest name it may get: one that shows every override. */
export function fullyNamed(scenario: string, cell: NamedCell, overrides: readonly Override[]): NamedCell {
  const added = addedTo(cell, overrides);
  return added.length === 0 ? cell : namedUnder(scenario, cell, added);
}

/** The overrides that the values of the cell do not show already; of several to one place the last. */
function addedTo({ values }: NamedCell, overrides: readonly Override[]): readonly Override[] {
  const last = new Map(overrides.map((override) => [overrideKey(override), override]));
  return [...last].flatMap(([key, override]) => (key in values ? [] : [override]));
}
