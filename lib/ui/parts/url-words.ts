import { useCallback, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';

/** Values of parameters of the URL; an empty value removes its parameter. */
export type UrlChanges = Readonly<Record<string, string | readonly string[]>>;

export interface UrlWords {
  readonly words: URLSearchParams;
  /** Replaces the address, so that "back" leaves the view instead of undoing one click. */
  readonly change: (changes: UrlChanges | ((words: URLSearchParams) => UrlChanges)) => void;
}

/**
 * The filters of a view, stored in its address. The router applies changes with a delay: changes are visible
 * here at once, and the address follows.
 */
export function useUrlWords(): UrlWords {
  const [params, setParams] = useSearchParams();
  const [words, setWords] = useState(params);
  const latest = useRef(params);
  const own = useRef(new Set<string>());
  const navigate = useRef(setParams);
  navigate.current = setParams;
  const kept = params.toString();
  useEffect(() => {
    if (kept === latest.current.toString()) own.current.clear();
    else if (!own.current.has(kept)) setWords((latest.current = new URLSearchParams(kept)));
  }, [kept]);
  const change = useCallback<UrlWords['change']>((changes) => {
    const asked = typeof changes === 'function' ? changes(latest.current) : changes;
    const after = changedWords(latest.current, asked);
    latest.current = after;
    own.current.add(after.toString());
    setWords(after);
    navigate.current(after, { replace: true });
  }, []);
  return { words, change };
}

function changedWords(before: URLSearchParams, changes: UrlChanges): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    after.delete(name);
    for (const one of typeof value === 'string' ? [value] : value) if (one !== '') after.append(name, one);
  }
  return after;
}

/** `?a=b`, or an empty text. */
export function searchOf(words: URLSearchParams): string {
  return words.size === 0 ? '' : `?${words.toString()}`;
}
