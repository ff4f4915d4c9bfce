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

/** 850 ms, 12.3 s, 4 min 5 s, 2 h 3 min */
export function shownDuration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Milliseconds between two instants, 0 if a clock was set back between them; null if one is missing. */
export function between(from: string | null | undefined, to: string | null | undefined): number | null {
  if (from === null || from === undefined || to === null || to === undefined) return null;
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
