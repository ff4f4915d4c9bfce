/** Threshold of a difference in time; reports state it. */
export interface SpeedThreshold {
  /** Minimum of the slower time, in percent of the faster time. */
  readonly percent: number;
  /** Minimum of the difference, in milliseconds. */
  readonly least_ms: number;
}

/** Durations of a few milliseconds vary by more than half; between machines they vary less. */
export const SPEED_THRESHOLD: SpeedThreshold = { percent: 150, least_ms: 100 };

export type Speed = 'faster' | 'slower';

/**
 * `faster` or `slower`: `b` compared with `a`; null if the difference is below the threshold, or a time is
 * unknown.
 */
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
