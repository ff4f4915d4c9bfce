/** Formats of numbers and times, independent of the language of the browser. */

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

/** 1,234,567.89 */
export function shownNumber(value: number | bigint | null | undefined): string {
  return value === null || value === undefined ? '–' : GROUPED.format(value);
}

/** 2026-03-01 12:34:56, in the time zone of the browser. */
export function shownInstant(instant: string | null | undefined): string {
  if (instant === null || instant === undefined || instant === '') return '–';
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** 850 ms, 12.3 s, 4 min 05 s, 2 h 03 min, as the command line shows them. */
export function shownDuration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return '–';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** Milliseconds between two instants, 0 if a clock was set back between them; null if one is missing. */
export function between(from: string | null | undefined, to: string | null | undefined): number | null {
  if (from === null || from === undefined || to === null || to === undefined) return null;
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
