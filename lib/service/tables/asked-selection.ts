import type { Selection } from '../../inspect/selection/index.js';
import type { ServiceContext } from '../service-context.js';
import { plannedNames } from './planned-names.js';
import { selectionOf, type SelectionQuery } from './table-query.js';

/**
 * The runs selected by a request.
 *
 * @throws Refusal invalid-request, invalid-selection
 */
export async function askedSelection(
  { catalogue, clock }: Pick<ServiceContext, 'catalogue' | 'clock'>,
  query: SelectionQuery,
): Promise<Selection> {
  const selection = selectionOf(query, clock.now());
  const names = await plannedNames(query, await catalogue.current());
  return names === undefined ? selection : { ...selection, names };
}
