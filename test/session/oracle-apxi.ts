import type { ApxiDescriptor, PressDefaults, RunWindow, Scheme } from '../../lib/engine/inputs.js';
import type { Exact } from './oracle-json.js';
import type { Closing } from './oracle-manifest.js';
import { candidates, lengthOf, type Rows } from './oracle-press.js';
import type { RangeWatch } from './oracle-range.js';

/** The reference of a manifest to its view; undefined without a view. */
export function viewRef(window: RunWindow): string | undefined {
  if (window.apxi === undefined) return undefined;
  const aeon = window.aeon_window_id === null ? window.window_id : window.aeon_window_id;
  return [window.apx_name, aeon, 'APXiView_v1'].join('::');
}

/** The view of a window that closes; null without a view. */
export function viewRecord({ profile, window, rowsOf }: Closing, watch: RangeWatch): Exact | null {
  const { apxi } = window;
  if (apxi === undefined) return null;
  const descriptors_by_stream: Record<string, Exact> = {};
  window.streams.forEach(({ name, source }, at) => {
    const own = Object.entries(apxi.descriptors).find(([stream]) => stream === name)?.[1] ?? [];
    if (own.length === 0 || window.streams.findIndex((stream) => stream.name === name) !== at) return;
    descriptors_by_stream[name] = own.map((descriptor) => {
      const rows = rowsOf(source);
      const lengths = lengthsOf(descriptor, rows, {
        press: profile.press_defaults,
        scheme: apxi.residual_scheme,
      });
      const place = `window ${window.window_id} stream ${name} descriptor ${descriptor.descriptor_id}`;
      watch.check(place, lengths.L_total);
      return { descriptor: descriptorRecord(descriptor), residual_scheme: apxi.residual_scheme, ...lengths };
    });
  });
  const { apx_name, window_id, aeon_window_id } = window;
  return {
    apx_name,
    window_id,
    aeon_window_id,
    residual_scheme: apxi.residual_scheme,
    descriptors_by_stream,
  };
}

function lengthsOf(
  descriptor: ApxiDescriptor,
  rows: Rows,
  { press, scheme }: { readonly press: PressDefaults; readonly scheme: Scheme },
): { L_model: bigint; L_residual: bigint; L_total: bigint } {
  const left = rows.map((row, q) => row.map((x) => x - predicted(descriptor, BigInt(q))));
  const L_model = model(descriptor, rows[0]!.length);
  const L_residual = left.flat().every((x) => x === 0n) ? 0n : residualBits(left, press, scheme);
  return { L_model, L_residual, L_total: L_model + L_residual };
}

function residualBits(left: Rows, press: PressDefaults, scheme: Scheme): bigint {
  const ways = candidates(left, press).filter((way) => way.scheme === scheme);
  if (press.accounting === 'varint-v1') return ways[0]!.L_residual;
  return ways.map(lengthOf).reduce((a, b) => (b < a ? b : a));
}

function predicted(descriptor: ApxiDescriptor, q: bigint): bigint {
  if (descriptor.descriptor_type === 'CONST_SEGMENT') return BigInt(descriptor.params.value);
  if (descriptor.descriptor_type === 'RUN_SEGMENT') {
    const { pattern, repeats } = descriptor.params;
    const all = Array.from({ length: repeats }, () => pattern).flat();
    return BigInt(all[Number(q)]!);
  }
  const { intercept, slope, start_tick } = descriptor.params;
  return BigInt(intercept) + BigInt(slope) * (BigInt(start_tick) + q);
}

function model(descriptor: ApxiDescriptor, width: number): bigint {
  if (descriptor.descriptor_type !== 'LINEAR_TREND') return 1n;
  let bits = 3n;
  if (descriptor.params.start_tick !== 0) bits++;
  if (descriptor.params.slope !== 0) bits++;
  if (descriptor.params.intercept !== 0) bits++;
  if (width > 1) bits++;
  return bits;
}

function descriptorRecord(descriptor: ApxiDescriptor): Exact {
  const { descriptor_id, descriptor_type, window_id, stream_id, labels } = descriptor;
  const params = Object.entries(descriptor.params).map(
    ([key, value]: [string, number | readonly number[]]) => [
      key,
      typeof value === 'number' ? BigInt(value) : value.map(BigInt),
    ],
  );
  return {
    descriptor_id,
    descriptor_type,
    window_id,
    stream_id,
    params: Object.fromEntries(params) as Exact,
    labels,
  };
}
