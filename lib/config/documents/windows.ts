import { isInt } from '../../base/integers.js';
import type { RunWindow, WindowStream } from '../../engine/inputs.js';
import type { WindowEntry, WindowsBlock } from '../schemas/run-config.js';
import { childOf, isList, isMap, type DocumentMap } from '../source/path.js';
import { buildApxi, checkApxi } from './apxi.js';
import type { CheckContext } from './loaded.js';

/** Checks uniqueness, ranges and coverage in O(windows log windows), independent of the number of ticks. */
export function checkWindows(context: CheckContext): void {
  const { view, limits, problems } = context;
  const windows = childOf(view.value, 'windows');
  const ticks = childOf(view.value, 'ticks');
  const most = String(limits.windows);
  if (isMap(windows)) {
    const every = childOf(windows, 'every');
    if (!isInt(every) || every < 1 || !isInt(ticks) || Math.ceil(ticks / every) <= limits.windows) return;
    const message = `windows of ${String(every)} ticks would be more than ${most}`;
    problems.at(view, ['windows', 'every'], {
      code: 'too-many-windows',
      message,
      expected: `at most ${most}`,
    });
  }
  if (!isList(windows)) return;
  if (windows.length > limits.windows) {
    const message = 'more windows than the limit';
    problems.at(view, ['windows'], { code: 'too-many-windows', message, expected: `at most ${most}` });
    return;
  }
  checkUnique(context, windows, 'window_id');
  checkUnique(context, windows, 'apx_name');
  windows.forEach((window, index) => {
    if (!isMap(window)) return;
    checkRange(context, window, index);
    checkApxi(context, window, { at: ['windows', index], streams: streamNames(window) });
  });
  checkCoverage(context, windows, ticks);
}

function checkUnique(
  { view, problems }: CheckContext,
  windows: readonly unknown[],
  field: 'window_id' | 'apx_name',
): void {
  const seen = new Map<string, number>();
  windows.forEach((window, index) => {
    const name = childOf(window, field);
    if (typeof name !== 'string') return;
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, index);
      return;
    }
    const hint = `window ${String(first)} has the same ${field}`;
    const message = `two windows have the same ${field}`;
    problems.at(view, ['windows', index, field], { code: 'window-repeated', message, hint });
  });
}

function checkRange({ view, problems }: CheckContext, window: DocumentMap, index: number): void {
  const { start_tick: start, end_tick: end } = window;
  const ticks = childOf(view.value, 'ticks');
  if (isInt(start) && isInt(end) && start > end) {
    const expected = `at least start_tick, ${String(start)}`;
    const message = 'a window must not end before it starts';
    problems.at(view, ['windows', index, 'end_tick'], { code: 'window-order', message, expected });
  }
  if (!isInt(ticks) || ticks < 1) return;
  for (const field of ['start_tick', 'end_tick'] as const) {
    const tick = window[field];
    if (!isInt(tick) || tick <= ticks) continue;
    const message = `"${field}" lies beyond the last tick`;
    const expected = `at most ticks, ${String(ticks)}`;
    problems.at(view, ['windows', index, field], { code: 'window-range', message, expected });
  }
}

function checkCoverage({ view, problems }: CheckContext, windows: readonly unknown[], ticks: unknown): void {
  if (!isInt(ticks) || ticks < 1 || windows.length === 0) return;
  const spans: [number, number][] = [];
  for (const window of windows) {
    const start = childOf(window, 'start_tick');
    const end = childOf(window, 'end_tick');
    // A window with an unknown span could cover anything: checking coverage would report false problems.
    if (!isInt(start) || !isInt(end)) return;
    if (start <= end) spans.push([start, end]);
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let covered = 0;
  for (const [start, end] of [...spans, [ticks + 1, ticks + 1] as const]) {
    if (start > covered + 1 && covered < ticks) {
      const last = Math.min(start - 1, ticks);
      const gap =
        covered + 1 === last
          ? `tick ${String(last)} lies`
          : `ticks ${String(covered + 1)} to ${String(last)} lie`;
      const expected = 'every tick in at least one window';
      problems.at(view, ['windows'], { code: 'window-gap', message: `${gap} in no window`, expected });
    }
    covered = Math.max(covered, end);
  }
}

const built = new WeakMap<WindowsBlock, { readonly ticks: number; readonly windows: readonly RunWindow[] }>();

/** Like `buildWindows`; returns the same object for consecutive cells of a sweep with the same windows. */
export function windowsOf(raw: WindowsBlock, ticks: number): readonly RunWindow[] {
  const known = built.get(raw);
  if (known !== undefined && (isWindowList(raw) || known.ticks === ticks)) return known.windows;
  const windows = buildWindows(raw, ticks);
  built.set(raw, { ticks, windows });
  return windows;
}

/** The windows of a run; `every` is expanded. */
export function buildWindows(raw: WindowsBlock, ticks: number): RunWindow[] {
  if (isWindowList(raw)) return raw.map(buildWindow);
  const { every, apx_name } = raw;
  return Array.from({ length: Math.ceil(ticks / every) }, (_, index) => {
    const start = index * every + 1;
    const end = Math.min(ticks, start + every - 1);
    const span = `ticks_${String(start)}_${String(end)}`;
    return {
      window_id: `W${String(index + 1)}_${span}`,
      apx_name: `${apx_name}_${span}`,
      start_tick: start,
      end_tick: end,
      streams: DEFAULT_STREAMS,
      aeon_window_id: null,
    };
  });
}

function isWindowList(raw: WindowsBlock): raw is readonly WindowEntry[] {
  return Array.isArray(raw);
}

/**
 * Names of the streams of a window as far as they are known; without streams, those of the default streams.
 */
function streamNames(window: DocumentMap): readonly string[] {
  const { streams } = window;
  const named = isList(streams) && streams.length > 0 ? streams : DEFAULT_STREAMS;
  return named.map((stream) => childOf(stream, 'name')).filter((name) => typeof name === 'string');
}

const DEFAULT_STREAMS: readonly WindowStream[] = [
  {
    name: 'S1_post_u_deltas',
    source: 'post_u_deltas',
    scheme_hint: null,
    description: 'post_u delta per node',
  },
  { name: 'S2_fluxes', source: 'fluxes', scheme_hint: null, description: 'edge flux per edge' },
];

function buildWindow({ window_id, apx_name, start_tick, end_tick, ...raw }: WindowEntry): RunWindow {
  const streams = (raw.streams ?? []).map(buildStream);
  const apxi = buildApxi(raw);
  return {
    window_id,
    apx_name,
    start_tick,
    end_tick,
    streams: streams.length > 0 ? streams : DEFAULT_STREAMS,
    aeon_window_id: raw.aeon_window_id ?? null,
    ...(apxi === undefined ? {} : { apxi }),
  };
}

function buildStream({
  name,
  source,
  scheme_hint,
  description,
}: NonNullable<WindowEntry['streams']>[number]): WindowStream {
  return { name, source, scheme_hint: scheme_hint ?? null, description: description || name };
}
