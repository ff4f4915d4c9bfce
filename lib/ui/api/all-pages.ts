import { ask, type Ask } from './client.js';

const PAGE = 1000;

/**
 * A whole list of the service, page by page. `onPage` is called with the entries so far, while more are
 * loading.
 */
export async function allPages<T>(
  path: string,
  { signal, onPage }: { readonly signal?: Ask['signal']; readonly onPage?: (soFar: readonly T[]) => void },
): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { value, next } = await ask<readonly T[]>(path, { query: { limit: PAGE, cursor }, signal });
    all.push(...value);
    cursor = next;
    if (cursor !== undefined) onPage?.([...all]);
  } while (cursor !== undefined);
  return all;
}
