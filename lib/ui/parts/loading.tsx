import type { JSX } from 'react';

/** Placeholder during loading, so that the layout is stable. */
export function Loading({
  what,
  lines = 3,
}: {
  readonly what: string;
  readonly lines?: number;
}): JSX.Element {
  return (
    <div className="loading" role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="loading-line" />
      ))}
    </div>
  );
}
