/** Everything asked for about batches; what changes one invalidates all of it. */
export const BATCHES_KEY = ['batches'] as const;

export function batchKey(id: string): readonly string[] {
  return [...BATCHES_KEY, 'one', id];
}
