import { expandCells } from '../../batch/expand/expand.js';
import { selectsScenario } from '../../batch/expand/select.js';
import {
  selectRuns,
  type Selected,
  type SelectedRuns,
  type SelectionHooks,
  type Selection,
} from '../../inspect/selection/index.js';
import type { ArtefactStore } from '../../store/port.js';
import { NotFound, UsageError } from '../command-error.js';
import type { SelectionArguments } from '../options/selection-options.js';
import { loadScenarios } from '../scenarios/load-scenarios.js';

/**
 * The runs selected by a command line.
 *
 * @throws UsageError for an invalid selection or an unknown column, NotFound for an unknown run or batch,
 * InvalidDocuments
 */
export async function selectedRuns(
  store: ArtefactStore,
  args: SelectionArguments,
  hooks: SelectionHooks = {},
): Promise<SelectedRuns> {
  return orRefused(await selectRuns(store, await selectionOf(args), hooks));
}

/** The selection of a command line; manifests are loaded if it names some, or a tag. */
export async function selectionOf(args: SelectionArguments): Promise<Selection> {
  const { selector, scenario, batch, state, since, where, manifest = [], tag = [] } = args;
  const names = manifest.length + tag.length > 0 ? await plannedNames(manifest, tag, args.store) : undefined;
  return {
    ...(selector !== undefined && { selectors: selector }),
    ...(scenario !== undefined && { scenarios: scenario }),
    ...(batch !== undefined && { batch }),
    ...(names !== undefined && { names }),
    ...(state !== undefined && { states: state }),
    ...(since !== undefined && { since }),
    ...(where !== undefined && { where }),
    all_executions: args['all-executions'] === true,
  };
}

/** Names of the runs in the current plan of the manifests, of scenarios with any of the tags. */
async function plannedNames(
  manifests: readonly string[],
  tags: readonly string[],
  store: string,
): Promise<ReadonlySet<string>> {
  const { registry } = await loadScenarios(manifests, { store });
  const names = new Set<string>();
  for (const scenario of registry.scenarios) {
    if (!selectsScenario({ grep: null, tags, scenarios: [] }, scenario)) continue;
    for (const { name } of expandCells(scenario.id, scenario)) names.add(name);
  }
  return names;
}

/** The value, or the error of the command. */
export function orRefused<T>(result: Selected<T>): T {
  if (result.ok) return result.value;
  const { kind, message, hint } = result.problem;
  const isColumn = message.startsWith('there is no column');
  if (kind === 'malformed' || isColumn) throw new UsageError(message, hint);
  throw new NotFound(hint === undefined ? message : `${message}; ${hint}`);
}
