import { useEffect, useState, type JSX } from 'react';

const SLOW_MS = 1500;

/** Says why an answer takes long, once it does. Takes no room of its own: it stands where the answer will. */
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
