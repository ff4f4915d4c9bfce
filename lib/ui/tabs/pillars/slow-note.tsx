import { useEffect, useState, type JSX } from 'react';

const SLOW_MS = 1500;

/** Explains a slow answer, after a delay. Takes the place of the answer. */
export function SlowNote({ isWaiting }: { readonly isWaiting: boolean }): JSX.Element | null {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => {
      setSlow(true);
    }, SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isWaiting]);
  if (!isSlow) return null;
  return (
    <span className="muted" role="status">
      Still working: compact runs are computed again for every request, which takes time for long runs.
    </span>
  );
}
