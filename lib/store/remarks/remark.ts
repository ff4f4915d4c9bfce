import { isLabelKey, isLabelValue } from '../../base/label.js';
import { fieldsOf, isCount, isObject, listOf, oneOf, orAbsent, textBy, textThat } from '../../base/shape.js';
import { type RunId, parseRunId } from '../../base/run-id.js';
import { isStoreName } from '../layout.js';

/** Maximum length of a note, in characters. */
export const MOST_NOTE_TEXT = 10_000;

/** A remark about runs, written once and stored beside their records: not part of any hash. */
export interface Remark {
  readonly schema: 'aether-remark/1';
  readonly id: string;
  /** Place in the order in which remarks arrived in this store: only comparisons are meaningful. */
  readonly seq: number;
  /** Time of the remark, ISO 8601, UTC. */
  readonly at: string;
  /** Author. */
  readonly by: string;
  /** Ids of the runs, ascending. */
  readonly runs: readonly RunId[];
  /** Labels to set; null removes one. */
  readonly labels?: Readonly<Record<string, string | null>>;
  readonly note?: string;
}

/** A remark before the store assigns its place. */
export type NewRemark = Omit<Remark, 'schema' | 'seq'>;

const isName = textThat(isStoreName);
const isLabels = (value: unknown): value is NonNullable<Remark['labels']> =>
  isObject(value) &&
  Object.entries(value).every(
    ([key, text]) => isLabelKey(key) && (text === null || (typeof text === 'string' && isLabelValue(text))),
  );

/** Names the first field of a value that violates the type of a remark; undefined if there is none. */
export const wrongRemarkField = fieldsOf<Remark>({
  schema: oneOf(['aether-remark/1']),
  id: isName,
  seq: isCount,
  at: textThat((text) => !Number.isNaN(Date.parse(text))),
  by: textThat((text) => text !== ''),
  runs: listOf(textBy(parseRunId)),
  labels: orAbsent(isLabels),
  note: orAbsent(textThat((text) => text !== '' && text.length <= MOST_NOTE_TEXT)),
});
