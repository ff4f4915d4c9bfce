import { LABEL_KEY, LABEL_VALUE, MOST_LABEL_TEXT } from '../../base/label.js';
import {
  type Infer,
  extended,
  instant,
  list,
  mapOf,
  object,
  orNull,
  runId,
  text,
} from '../../base/schema.js';
import { MOST_NOTE_TEXT } from '../../store/remarks/remark.js';
import { named } from './named-schema.js';

/** GET /runs/{run_id}/remarks. */
export const REMARKS = named(
  'Remarks',
  object('Labels and notes of a run; not part of any hash.', {
    run_id: runId('The run.'),
    labels: mapOf(text('Its value.'), 'Labels by key.'),
    notes: list(
      object('A note.', { at: instant('When.'), by: text('Who.'), text: text('The note.') }),
      'The oldest first.',
    ),
  }),
);
export type WireRemarks = Infer<typeof REMARKS>;

/** Body of POST /runs/{run_id}/remarks. */
export const ADD_REMARK = named(
  'AddRemark',
  object(
    'Labels to set, or a note to add.',
    {},
    {
      labels: extended(
        mapOf(
          orNull(
            text('Its value; null removes the label.', {
              pattern: LABEL_VALUE,
              maxLength: MOST_LABEL_TEXT,
            }),
          ),
          'Labels by key.',
        ),
        { propertyNames: { pattern: LABEL_KEY }, minProperties: 1, maxProperties: 100 },
      ),
      note: text('The note.', { minLength: 1, maxLength: MOST_NOTE_TEXT }),
    },
  ),
);
export type AddRemark = Infer<typeof ADD_REMARK>;
