import type { Json } from '../../base/canonical-json.js';
import type { GoldenDifference } from './golden-difference.js';

/**
 * Maximum number of values of a record that is shown line by line. A longer comparison would take hours and
 * is too long to review.
 */
export const MOST_SHOWN_VALUES = 20_000;

/** True for a record with more values than are shown. */
export function isLong(record: Json | undefined): boolean {
  return valuesUpTo(record, MOST_SHOWN_VALUES + 1) > MOST_SHOWN_VALUES;
}

/** Counts values, at most up to `most`. */
function valuesUpTo(record: Json | undefined, most: number): number {
  if (typeof record !== 'object' || record === null) return 1;
  let count = 1;
  for (const key in record) {
    if (count >= most) break;
    count += valuesUpTo((record as Readonly<Record<string, Json>>)[key], most - count);
  }
  return count;
}

/**
 * The difference with `null` in place of records that are too long to show, and their names in `left_out`.
 */
export function withoutLongRecords(
  difference: GoldenDifference,
): GoldenDifference & { readonly left_out: readonly string[] } {
  const { first } = difference;
  const left_out = (['a_record', 'b_record'] as const).filter(
    (side) => first !== null && isLong(first[side]),
  );
  const nulls = Object.fromEntries(left_out.map((side) => [side, null]));
  return { ...difference, first: first && { ...first, ...nulls }, left_out };
}
