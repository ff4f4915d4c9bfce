import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { LogFeed } from './log-feed.js';
import { covers, type LogFilter, type ServiceFilter } from './log-filter.js';
import { openRunLog, openSystemLog } from './log-source.js';

/** The log of a run, or that of the service if `run` is null. */
interface LogPlace {
  readonly run: string | null;
}

export interface FeedOptions extends LogPlace {
  readonly filter: LogFilter;
  readonly paused: boolean;
  /** A change reopens the log. */
  readonly attempt: number;
}

/**
 * The feed of a log, live while the component is mounted. Narrowing a filter works on the loaded entries; the
 * service is asked again only for entries that it filtered out, or if dropped entries would match the
 * narrower filter.
 */
export function useLogFeed({ run, filter, paused, attempt }: FeedOptions): LogFeed {
  const { level, event_type, text } = filter;
  const [loaded, setLoaded] = useState<LogPlace & ServiceFilter>({ run, level, event_type });
  const isOther = run !== loaded.run || !covers(loaded, { level, event_type });
  if (isOther) setLoaded({ run, level, event_type });
  const [returns, setReturns] = useState(0);
  const feed = useMemo(() => new FeedOf(loaded, attempt + returns), [loaded, attempt, returns]);
  useSyncExternalStore(feed.subscribe, feed.version);
  const isNarrower = level !== loaded.level || event_type !== loaded.event_type;
  if (!isOther && isNarrower && feed.buffer.dropped > 0) setLoaded({ run, level, event_type });
  useEffect(() => {
    feed.setFilter({ level, event_type, text });
  }, [feed, level, event_type, text]);
  useEffect(() => {
    if (paused) return undefined;
    const { place } = feed;
    return place.run === null
      ? openSystemLog(feed, () => setReturns((number) => number + 1))
      : openRunLog(place.run, place, feed);
  }, [feed, paused]);
  return feed;
}

/** A feed with the log it was opened for. */
class FeedOf extends LogFeed {
  constructor(
    readonly place: LogPlace & ServiceFilter,
    readonly attempt: number,
  ) {
    super();
  }
}
