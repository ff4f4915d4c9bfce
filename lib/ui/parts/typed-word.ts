import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 250;

/**
 * Text that is typed and kept in the address: the field follows every key at once, the address only when the typing pauses,
 * because each change of it is an entry that browsers ration.
 */
export function useTypedWord(kept: string, keep: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(kept);
  const written = useRef(kept);
  useEffect(() => {
    // Only what others wrote comes back into the field; our own word may be older than what was typed since.
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
