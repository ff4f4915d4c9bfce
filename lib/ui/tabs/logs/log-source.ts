import type { LogPage, RunStatus } from '../../../service/wire/index.js';
import { ApiError, apiUrl, ask } from '../../api/client.js';
import type { LogFeed } from './log-feed.js';
import type { ServiceFilter } from './log-filter.js';

/** Closes a connection. */
export type Close = () => void;

const RETRY_MS = 2000;

/**
 * The log of a run as server-sent events, from the current position of the feed. The browser resumes a broken
 * stream itself; a refused stream does not contain the reason, so the run is requested instead.
 */
export function openRunLog(runId: string, filter: ServiceFilter, feed: LogFeed): Close {
  const path = `/runs/${encodeURIComponent(runId)}`;
  let source: EventSource;
  let timer: number | undefined;
  let isClosed = false;
  const open = (): void => {
    const { end } = feed.buffer;
    source = new EventSource(
      apiUrl(`${path}/logs/stream`, {
        ...(end > 0 ? { since: `o${end}` } : {}),
        ...(filter.level === '' ? {} : { level: filter.level }),
        ...(filter.event_type === '' ? {} : { event_type: filter.event_type }),
      }),
    );
    source.onopen = () => feed.setStatus('live');
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      feed.append(data, Number(lastEventId.slice(1)));
    };
    source.addEventListener('end', () => {
      source.close();
      feed.setStatus('ended');
    });
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) void askWhy();
      else feed.setStatus('reconnecting');
    };
  };
  const askWhy = async (): Promise<void> => {
    try {
      const { value } = await ask<RunStatus>(path);
      if (isClosed) return;
      if (value.state !== 'running') return feed.setStatus('ended');
      feed.setStatus('reconnecting');
      timer = window.setTimeout(open, RETRY_MS);
    } catch (error) {
      if (isClosed) return;
      // An unavailable service may return; a refusal is final.
      if (!(error instanceof ApiError) || error.code !== 'unreachable')
        return feed.setStatus('failed', error);
      feed.setStatus('reconnecting');
      timer = window.setTimeout(open, RETRY_MS);
    }
  };
  open();
  return () => {
    isClosed = true;
    window.clearTimeout(timer);
    source.close();
  };
}

const POLL_MS = 1000;
const PAGE = 1000;

/**
 * The log of the service, polled; it is short, so it is loaded completely. A service that did not answer may
 * have been restarted with a new log: `onReturn` is called, and polling stops.
 */
export function openSystemLog(feed: LogFeed, onReturn: () => void): Close {
  const ended = new AbortController();
  let timer: number | undefined;
  let wasAway = false;
  const poll = async (): Promise<void> => {
    let wait = POLL_MS;
    try {
      if (!document.hidden) wait = (await takePage(feed, ended.signal)) ? 0 : POLL_MS;
    } catch (error) {
      if (ended.signal.aborted) return;
      wasAway = true;
      feed.setStatus('failed', error);
      wait = RETRY_MS;
    }
    if (wasAway && feed.status === 'live') return onReturn();
    if (!ended.signal.aborted) timer = window.setTimeout(() => void poll(), wait);
  };
  void poll();
  return () => {
    ended.abort();
    window.clearTimeout(timer);
  };
}

/** True if there may be more entries. */
async function takePage(feed: LogFeed, signal: AbortSignal): Promise<boolean> {
  const query = { since: `s${feed.buffer.end}`, limit: PAGE };
  const { entries, next_cursor } = (await ask<LogPage>('/logs', { query, signal })).value;
  const first = Number(next_cursor.slice(1)) - entries.length;
  entries.forEach((entry, index) => feed.append(JSON.stringify(entry), first + index + 1));
  if (feed.status !== 'live') feed.setStatus('live');
  return entries.length === PAGE;
}
