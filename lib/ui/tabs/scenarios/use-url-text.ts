import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';

/**
 * A text that is also stored in the URL. The text of the field is kept separately, because typing must not
 * wait for the router.
 */
export function useUrlText(name: string): readonly [string, (text: string) => void] {
  const [params, setParams] = useSearchParams();
  const inUrl = params.get(name) ?? '';
  const [text, setText] = useState(inUrl);
  const written = useRef(inUrl);
  useEffect(() => {
    if (inUrl === written.current) return;
    written.current = inUrl;
    setText(inUrl);
  }, [inUrl]);
  const change = (next: string): void => {
    written.current = next;
    setText(next);
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (next === '') after.delete(name);
        else after.set(name, next);
        return after;
      },
      { replace: true },
    );
  };
  return [text, change];
}
