/** How much of a difference counts; a report states it. */
export interface SpeedThreshold {
  /** The slower one takes at least this many hundredths of the time of the faster one. */
  readonly percent: number;
  /** And at least this many milliseconds more. */
  readonly least_ms: number;
}

/** Runs of a few milliseconds vary by more than half, and machines by less. */
export const SPEED_THRESHOLD: SpeedThreshold = { percent: 150, least_ms: 100 };

export type Speed = 'faster' | 'slower';

/** Whether `b` is faster or slower than `a`; null when the difference is too small to tell, or a time is unknown. */
export function speedChange(
  a: number | null,
  b: number | null,
  { percent, least_ms }: SpeedThreshold = SPEED_THRESHOLD,
): Speed | null {
  if (a === null || b === null) return null;
  const [low, high] = a < b ? [a, b] : [b, a];
  if (high - low < least_ms || high * 100 < low * percent) return null;
  return a < b ? 'slower' : 'faster';
}
