import type { GoldenDifference } from './golden-difference.js';
import { shortJson } from './short-json.js';

/**
 * Differences of documents, one per line: up to `limit` for each document, so that none hides another, and
 * the rest counted.
 */
export function inputLines(
  { inputs, more_inputs }: Pick<GoldenDifference, 'inputs' | 'more_inputs'>,
  limit: number,
): readonly string[] {
  const shown = firstOfEach(inputs, limit);
  const lines = shown.map(({ document, pointer, a, b }) => {
    return `${document} ${pointer === '' ? '(all of it)' : pointer}: ${shortJson(a)} -> ${shortJson(b)}`;
  });
  const rest = inputs.length - shown.length;
  if (rest > 0) return [...lines, `and ${more_inputs ? 'at least ' : ''}${String(rest)} more`];
  return more_inputs ? [...lines, `and more than these ${String(shown.length)}`] : lines;
}

function firstOfEach<T extends { readonly document: string }>(
  items: readonly T[],
  limit: number,
): readonly T[] {
  const counts = new Map<string, number>();
  return items.filter(({ document }) => {
    const count = (counts.get(document) ?? 0) + 1;
    counts.set(document, count);
    return count <= limit;
  });
}
