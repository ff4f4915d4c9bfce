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

/** `1 shares a result`, `2 share a result`: runs with the inputs of another run of the batch. */
export function sharedText(count: number): string {
  return plural(count, 'shares a result', 'share a result');
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
