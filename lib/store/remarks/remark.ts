import { isLabelKey, isLabelValue } from '../../base/label.js';
import { isObject, wrongFieldOf } from '../../base/schema-check.js';
import {
  checkedBy,
  count,
  id,
  list,
  mapOf,
  name,
  oneOf,
  orNull,
  record,
  runId,
  text,
  type Infer,
} from '../../base/schema.js';
import { storedTime } from '../record-schemas.js';

/** Maximum length of a note, in characters. */
export const MOST_NOTE_TEXT = 10_000;

const LABELS = checkedBy(
  (value) =>
    isObject(value) &&
    Object.entries(value).every(
      ([key, text]) => isLabelKey(key) && (text === null || (typeof text === 'string' && isLabelValue(text))),
    ),
  mapOf(orNull(text('A value.')), 'Labels to set; null removes one.'),
);

const NOTE = checkedBy(
  (value) => typeof value === 'string' && value !== '' && value.length <= MOST_NOTE_TEXT,
  text('The note.', { minLength: 1, maxLength: MOST_NOTE_TEXT }),
);

/** Schema of remarks. */
export const REMARK = record(
  'A remark about runs, written once and stored beside their records: not part of any hash.',
  {
    schema: oneOf(['aether-remark/1'], 'Marks the kind and version of the record.'),
    id: id('Unique per remark.'),
    seq: count('Place in the order in which remarks arrived in this store: only comparisons are meaningful.'),
    at: storedTime('Time of the remark, ISO 8601, UTC.'),
    by: name('Author.'),
    runs: list(runId('Id of a run.'), 'Ids of the runs, ascending.'),
  },
  { labels: LABELS, note: NOTE },
);
/** A remark about runs. */
export type Remark = Infer<typeof REMARK>;

/** A remark before the store assigns its place. */
export type NewRemark = Omit<Remark, 'schema' | 'seq'>;

/** Names the first field of a value that violates the type of a remark; undefined if there is none. */
export const wrongRemarkField = wrongFieldOf(REMARK);
