import { isLabelKey, isLabelValue } from '../../base/label.js';
import { fieldsOf, isCount, isObject, listOf, oneOf, orAbsent, textThat } from '../../base/shape.js';
import { isStoreName } from '../layout.js';

/** Most characters of a note. */
export const MOST_NOTE_TEXT = 10_000;

/** What somebody said of runs, written once and beside their records: it is part of no hash. */
export interface Remark {
  readonly schema: 'aether-remark/1';
  readonly id: string;
  /** Place in the order in which remarks came into this store: only comparing it means something. */
  readonly seq: number;
  /** When, ISO 8601, UTC. */
  readonly at: string;
  /** Who. */
  readonly by: string;
  /** Ids of the runs, ascending. */
  readonly runs: readonly string[];
  /** Labels that are set; null takes one away. */
  readonly labels?: Readonly<Record<string, string | null>>;
  readonly note?: string;
}

/** A remark before the store gives it its place. */
export type NewRemark = Omit<Remark, 'schema' | 'seq'>;

const isName = textThat(isStoreName);
const isLabels = (value: unknown): value is NonNullable<Remark['labels']> =>
  isObject(value) &&
  Object.entries(value).every(
    ([key, text]) => isLabelKey(key) && (text === null || (typeof text === 'string' && isLabelValue(text))),
  );

/** Names the first field of a value that no remark has; undefined when all are right. */
export const wrongRemarkField = fieldsOf<Remark>({
  schema: oneOf(['aether-remark/1']),
  id: isName,
  seq: isCount,
  at: textThat((text) => !Number.isNaN(Date.parse(text))),
  by: textThat((text) => text !== ''),
  runs: listOf(isName),
  labels: orAbsent(isLabels),
  note: orAbsent(textThat((text) => text !== '' && text.length <= MOST_NOTE_TEXT)),
});
