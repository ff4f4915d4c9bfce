/** Key of all queries about batches; a change of one invalidates all of them. */
export const BATCHES_KEY = ['batches'] as const;

export function batchKey(id: string): readonly string[] {
  return [...BATCHES_KEY, 'one', id];
}
