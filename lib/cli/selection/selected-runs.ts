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
  let names: ReadonlySet<string> | undefined;
  if (manifest.length + tag.length > 0) {
    const { plannedNames } = await import('./planned-names.js');
    names = await plannedNames(manifest, tag, args.store);
  }
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

/** The value, or the error of the command. */
export function orRefused<T>(result: Selected<T>): T {
  if (result.ok) return result.value;
  const { kind, message, hint } = result.problem;
  if (kind === 'malformed' || kind === 'unknown_column') throw new UsageError(message, hint);
  throw new NotFound(hint === undefined ? message : `${message}; ${hint}`);
}
