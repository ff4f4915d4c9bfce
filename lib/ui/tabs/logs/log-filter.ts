import type { WireLogEntry, WireLogLevel } from '../../../service/wire/index.js';

/** From least to most grave. */
export const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const satisfies readonly WireLogLevel[];

/** Which entries are shown; what is empty lets everything through. */
export interface LogFilter {
  /** Least level. */
  readonly level: WireLogLevel | '';
  readonly event_type: string;
  /** Somewhere in the message, the event or the payload, in capitals or not. */
  readonly text: string;
}

export const EVERYTHING: LogFilter = { level: '', event_type: '', text: '' };

/** What the service is asked to leave out already; texts are only ever looked for here. */
export type ServiceFilter = Pick<LogFilter, 'level' | 'event_type'>;

/** True when what was loaded under one filter holds all that another one shows. */
export function covers(loaded: ServiceFilter, wanted: ServiceFilter): boolean {
  const isWideEnough = rank(loaded.level) <= rank(wanted.level);
  return isWideEnough && (loaded.event_type === '' || loaded.event_type === wanted.event_type);
}

/** Place of a level among the levels; of none, the first. */
export function rank(level: WireLogLevel | ''): number {
  return level === '' ? 0 : LEVELS.indexOf(level);
}

/** What is known of an entry without reading its line again. */
export interface EntryMarks {
  readonly rank: number;
  readonly event_type: string;
}

/** The filter as a test of entries; cheap first, the line itself only where nothing else decides. */
export function matcher({
  level,
  event_type,
  text,
}: LogFilter): (marks: EntryMarks, line: string) => boolean {
  const least = rank(level);
  const wanted = text.trim().toLowerCase();
  // As it stands within a string of JSON: a line that has neither need not be parsed.
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
