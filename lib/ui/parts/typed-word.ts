import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 250;

/**
 * Typed text that is stored in the address: the field follows every key at once, the address only after a
 * pause, because browsers limit the rate of address changes.
 */
export function useTypedWord(kept: string, keep: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(kept);
  const written = useRef(kept);
  useEffect(() => {
    // Only external changes are copied to the field; the own word may be older than the typed text.
    if (kept !== written.current) setText(kept);
    written.current = kept;
  }, [kept]);
  useEffect(() => {
    if (text === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = text;
      keep(text);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text, keep]);
  return [text, setText];
}
