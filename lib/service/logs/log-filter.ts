import { LOG_LEVELS, type WireLogEntry } from '../wire/log.js';
import { oneOf, text, type InferOptional } from '../../base/schema.js';

/** Query parameters that filter entries. */
export const LOG_FILTER_QUERY = {
  level: oneOf(
    [...LOG_LEVELS, ...LOG_LEVELS.map((level) => level.toLowerCase())],
    'Lowest level that is shown.',
  ),
  event_type: text('Only events of this type.', { maxLength: 100 }),
};
export type LogFilterQuery = InferOptional<typeof LOG_FILTER_QUERY>;

/** Filters lines of a log; null accepts all of them without parsing. */
export function logFilter({ level, event_type }: LogFilterQuery): ((line: string) => boolean) | null {
  if (level === undefined && event_type === undefined) return null;
  const least = level === undefined ? 0 : (LOG_LEVELS as readonly string[]).indexOf(level.toUpperCase());
  return (line) => {
    const entry = JSON.parse(line) as WireLogEntry;
    return (
      LOG_LEVELS.indexOf(entry.level) >= least &&
      (event_type === undefined || entry.event_type === event_type)
    );
  };
}
