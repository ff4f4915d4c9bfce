import type { Json } from '../../base/canonical-json.js';
import { count, flag, json, list, object, orNull, text, type Infer, type Schema } from '../../base/schema.js';
import { named, ref } from './named-schema.js';

/** JSON omits the value of a side that has none. */
function sideValue(description: string): Schema<Json | undefined> {
  return json(description);
}

const SIDES = { a: sideValue('Value before, or in a.'), b: sideValue('Value after, or in b.') };

export const DIFFERENCE = named(
  'Difference',
  object(
    'One place where two records differ; a side without a value is omitted.',
    { pointer: text('JSON pointer; empty for the whole record.') },
    SIDES,
  ),
);
export type Difference = Infer<typeof DIFFERENCE>;

export const INPUT_DIFFERENCE = named(
  'InputDifference',
  object(
    'One place where two resolved documents differ; a side without a value is omitted.',
    { document: text('Name of the document.'), pointer: text('JSON pointer; empty for the whole document.') },
    SIDES,
  ),
);
export type InputDifference = Infer<typeof INPUT_DIFFERENCE>;

export const DIVERGENCE = named(
  'Divergence',
  object(
    'The first difference of two runs.',
    {
      tick: orNull(count('The tick; null for records of the whole run.')),
      tick_to: orNull(count('The last tick it may belong to, if only a range is known.')),
      artefact: text('Kind of the artefact.'),
      record: orNull(
        count('Position of the record in its artefact; null if unknown, or if one run lacks the artefact.'),
      ),
      pointer: text('JSON pointer into the record; empty if one run has no such record.'),
      fields: list(ref(DIFFERENCE), 'The differences within the record; at most 100.'),
      more_fields: flag('True if the record differs in more fields.'),
    },
    { ...SIDES, a_record: sideValue('The record of a.'), b_record: sideValue('The record of b.') },
  ),
);
export type WireDivergence = Infer<typeof DIVERGENCE>;
