/**
 * Durations, sizes and counts: as users write them, and as text. A written number without a unit is refused:
 * 30 may mean seconds or milliseconds.
 */

/** Milliseconds of each unit of time. */
export const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Form of a duration, for messages. */
export const DURATION_FORM = 'a time with a unit such as 500ms, 30s, 2m or 1h';

/**
 * Milliseconds of `500ms`, `30s`, `2m` or `1h`; undefined for anything else, including 0 and numbers without
 * a unit.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^([1-9][0-9]{0,8})(ms|s|m|h)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * UNIT_MS[match[2]!]!;
}

const UNIT_BYTES: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Form of a size, for messages. */
export const SIZE_FORM = 'a size with a unit such as 500MiB, 20GiB or 4096B';

/** Bytes of `4096B`, `500m`, `500MB` or `2GiB`, units in powers of 1024; undefined without a unit. */
export function parseSize(text: string): number | undefined {
  const match = /^([0-9]{1,16})(?:(b)|([kmgt])(?:i?b)?)$/i.exec(text);
  if (match === null) return undefined;
  const bytes = Number(match[1]) * UNIT_BYTES[(match[2] ?? match[3])!.toLowerCase()]!;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`: at most three digits in the first part. */
export function durationText(ms: number): string {
  if (ms < 999.5) return `${String(Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${padded(whole % 60)} s`;
  return `${String(Math.floor(whole / 3600))} h ${padded(Math.floor((whole % 3600) / 60))} min`;
}

/** A rounded estimate: `~8 s`, `~50 s`, `~4 min`. */
export function roughDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `~${String(Math.max(1, Math.ceil(seconds)))} s`;
  if (seconds < 55) return `~${String(Math.round(seconds / 5) * 5)} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 90) return `~${String(minutes)} min`;
  return `~${String(Math.round(minutes / 60))} h`;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `640 B`, `1.5 KiB`, `3.2 GiB`. */
export function bytesText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1023.95 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? String(value) : value.toFixed(1)} ${BYTE_UNITS[unit]!}`;
}

/** Digits in groups of three: `1,234,567`. Independent of the locale. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 run`, `2 runs`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : many}`;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
