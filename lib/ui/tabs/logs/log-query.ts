import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { LEVELS, type LogFilter } from './log-filter.js';

/** The state in the URL: the log, the filter, and the selected entry. */
export interface LogQuery extends LogFilter {
  readonly scope: 'run' | 'system';
  /** A run; empty for the current one. */
  readonly run: string;
  /** Cursor of the selected entry; 0 for none. */
  readonly entry: number;
}

export type ChangeQuery = (change: Partial<LogQuery>) => void;

/** Delay after typing before the URL is updated. */
const WRITE_MS = 250;

/**
 * The query of the tab. It is stored in the URL, but typed text is applied at once, because navigation is
 * slower than typing. External changes of the URL, such as a link or the back button, take precedence.
 */
export function useLogQuery(): readonly [LogQuery, ChangeQuery] {
  const [params, setParams] = useSearchParams();
  const [query, setQuery] = useState(() => queryOf(params));
  const known = useRef(params.toString());
  const shown = params.toString();
  useEffect(() => {
    if (shown === known.current) return;
    known.current = shown;
    setQuery(queryOf(new URLSearchParams(shown)));
  }, [shown]);
  useEffect(() => {
    const written = paramsOf(query);
    if (written.toString() === known.current) return undefined;
    const timer = window.setTimeout(() => {
      known.current = written.toString();
      setParams(written, { replace: true });
    }, WRITE_MS);
    return () => window.clearTimeout(timer);
  }, [query, setParams]);
  const change = useCallback<ChangeQuery>((change) => setQuery((old) => ({ ...old, ...change })), []);
  return [query, change];
}

function queryOf(params: URLSearchParams): LogQuery {
  const read = (name: string): string => params.get(name) ?? '';
  const entry = Number(read('entry'));
  return {
    scope: read('scope') === 'system' ? 'system' : 'run',
    run: read('run'),
    level: LEVELS.find((level) => level === read('level').toUpperCase()) ?? '',
    event_type: read('event'),
    text: read('text'),
    entry: Number.isSafeInteger(entry) && entry > 0 ? entry : 0,
  };
}

function paramsOf({ scope, run, level, event_type, text, entry }: LogQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (scope === 'system') params.set('scope', scope);
  if (run !== '') params.set('run', run);
  if (level !== '') params.set('level', level);
  if (event_type !== '') params.set('event', event_type);
  if (text !== '') params.set('text', text);
  if (entry !== 0) params.set('entry', String(entry));
  return params;
}
