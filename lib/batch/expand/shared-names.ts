import { canonicalJson } from '../../base/canonical-json.js';
import type { Problem } from '../../base/problem.js';
import { MAX_CELLS, type ManifestScenario } from '../../config/index.js';
import type { NamedCell } from './cell-name.js';
import { expandCells } from './expand.js';
import { cellBound } from '../../config/index.js';

/** The problem of a cell with the name of a different earlier one; none for any other cell. */
export function sharedName(scenario: ManifestScenario, cell: NamedCell): readonly Problem[] {
  const { name, values, namesake } = cell;
  if (namesake === undefined) return [];
  return [
    {
      ...scenario.source,
      code: 'shared-name',
      message: `two cells of scenario ${scenario.id} would both be named ${name}`,
      found: `${canonicalJson(namesake)} and ${canonicalJson(values)}`,
      expected: 'values with different names',
    },
  ];
}

/**
 * All cells of a scenario that share a name. A sweep with too many cells is refused separately, and not
 * expanded.
 */
export function sharedNames(scenario: ManifestScenario): readonly Problem[] {
  if (cellBound(scenario) > MAX_CELLS) return [];
  const problems: Problem[] = [];
  for (const cell of expandCells(scenario.id, scenario)) problems.push(...sharedName(scenario, cell));
  return problems;
}
