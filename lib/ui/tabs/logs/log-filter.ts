import type { WireLogEntry, WireLogLevel } from '../../../service/wire/index.js';

/** By increasing severity. */
export const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const satisfies readonly WireLogLevel[];

/** Filter of entries; empty fields match everything. */
export interface LogFilter {
  /** Lowest level. */
  readonly level: WireLogLevel | '';
  readonly event_type: string;
  /** Part of the message, the event or the payload, ignoring case. */
  readonly text: string;
}

export const EVERYTHING: LogFilter = { level: '', event_type: '', text: '' };

/** The part of the filter that the service applies; texts are searched only here. */
export type ServiceFilter = Pick<LogFilter, 'level' | 'event_type'>;

/** True if the entries loaded under one filter include all that another one shows. */
export function covers(loaded: ServiceFilter, wanted: ServiceFilter): boolean {
  const isWideEnough = rank(loaded.level) <= rank(wanted.level);
  return isWideEnough && (loaded.event_type === '' || loaded.event_type === wanted.event_type);
}

/** Rank of a level; 0 for none. */
export function rank(level: WireLogLevel | ''): number {
  return level === '' ? 0 : LEVELS.indexOf(level);
}

/** Fields of an entry that are known without parsing its line. */
export interface EntryMarks {
  readonly rank: number;
  readonly event_type: string;
}

/** The filter as a test of entries; cheap tests first, the line is parsed only if necessary. */
export function matcher({
  level,
  event_type,
  text,
}: LogFilter): (marks: EntryMarks, line: string) => boolean {
  const least = rank(level);
  const wanted = text.trim().toLowerCase();
  // In JSON form: a line that does not contain it need not be parsed.
  const raw = JSON.stringify(wanted).slice(1, -1);
  const mayHave = (line: string): boolean => line.includes(raw) || line.includes(wanted);
  return (marks, line) => {
    if (marks.rank < least) return false;
    if (event_type !== '' && marks.event_type !== event_type) return false;
    if (wanted === '') return true;
    return mayHave(line.toLowerCase()) && isIn(JSON.parse(line) as WireLogEntry, wanted, mayHave);
  };
}

/** Names of fields, ids and times do not count: they are in every line. */
function isIn(
  { message, event_type, payload }: WireLogEntry,
  wanted: string,
  mayHave: (json: string) => boolean,
): boolean {
  if (message.toLowerCase().includes(wanted) || event_type.toLowerCase().includes(wanted)) return true;
  return payload !== undefined && mayHave(JSON.stringify(payload).toLowerCase());
}
