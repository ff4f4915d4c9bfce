import { found, notFound, type Lookup } from './lookup.js';
import { nearNames } from './near-names.js';

/** The item with an id in a list, or not-found with similar ids. */
export function named<T>(
  list: Lookup<readonly T[]>,
  what: string,
  id: string,
  idOf: (item: T) => string,
): Lookup<T> {
  if (!list.ok) return list;
  const item = list.value.find((candidate) => idOf(candidate) === id);
  return item === undefined ? notFound(`${what} ${id}`, nearNames(id, list.value.map(idOf))) : found(item);
}
