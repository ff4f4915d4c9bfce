/** Key of all queries about batches; a change of one invalidates all of them. */
export const BATCHES_KEY = ['batches'] as const;

export function batchKey(id: string): readonly string[] {
  return [...BATCHES_KEY, 'one', id];
}

/** Key of all queries about goldens; accepting one invalidates all of them. */
export const GOLDENS_KEY = ['goldens'] as const;

/** New runs change the state of goldens. */
export const GOLDENS_REFRESH_MS = 10_000;
