import { LABEL_KEY, LABEL_VALUE, MOST_LABEL_TEXT } from '../../base/label.js';
import { list, mapOf, object, orNull, id, instant, text, type WireSchema } from './schema.js';

/** GET /runs/{run_id}/remarks. */
export interface WireRemarks {
  readonly run_id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly notes: readonly { readonly at: string; readonly by: string; readonly text: string }[];
}

export const REMARKS: WireSchema = object('What was said of a run; it is part of no hash.', {
  run_id: id('The run.'),
  labels: mapOf(text('Its value.'), 'Labels by key.'),
  notes: list(
    object('A note.', { at: instant('When.'), by: text('Who.'), text: text('The note.') }),
    'The oldest first.',
  ),
});

/** Body of POST /runs/{run_id}/remarks. */
export interface AddRemark {
  /** Null takes a label away. */
  readonly labels?: Readonly<Record<string, string | null>>;
  readonly note?: string;
}

/** Most characters of a note that comes by HTTP, as of any other. */
const MOST_NOTE = 10_000;

export const ADD_REMARK: WireSchema = object(
  'Labels to set, or a note to keep.',
  {},
  {
    labels: {
      ...mapOf(
        orNull(
          text('Its value; null takes the label away.', { pattern: LABEL_VALUE, maxLength: MOST_LABEL_TEXT }),
        ),
        'Labels by key.',
      ),
      propertyNames: { pattern: LABEL_KEY },
      minProperties: 1,
      maxProperties: 100,
    },
    note: text('The note.', { minLength: 1, maxLength: MOST_NOTE }),
  },
);
