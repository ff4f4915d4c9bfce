import type { JSX } from 'react';

/** Progress as a share, 0..1; null while unknown. */
export function ProgressBar({
  label,
  value,
}: {
  readonly label: string;
  readonly value: number | null;
}): JSX.Element {
  return value === null ? (
    <progress className="progress" aria-label={label} />
  ) : (
    <progress className="progress" aria-label={label} max={1} value={value} />
  );
}
