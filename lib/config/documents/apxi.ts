import { byCodeUnit } from '../../base/code-units.js';
import { isInt } from '../../base/integers.js';
import {
  DESCRIPTOR_TYPES,
  type ApxiDescriptor,
  type ApxiPlan,
  type DescriptorType,
} from '../../engine/inputs.js';
import { nearestHint } from '../nearest.js';
import type { WindowEntry } from '../schemas/run-config.js';
import { isList, isMap, type DocumentMap, type Path } from '../source/path.js';
import type { CheckContext } from './loaded.js';

/** The fields of a window for its APXi view. */
type ApxiFields = Pick<WindowEntry, 'apxi_enabled' | 'apxi_residual_scheme' | 'apxi_descriptors'>;
type Descriptor = NonNullable<WindowEntry['apxi_descriptors']>[string][number];

interface ParamKeys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const PARAMS: Readonly<Record<DescriptorType, ParamKeys>> = {
  CONST_SEGMENT: { required: ['value'], optional: [] },
  RUN_SEGMENT: { required: ['pattern', 'repeats'], optional: [] },
  LINEAR_TREND: { required: ['intercept', 'slope'], optional: ['start_tick'] },
};

/** Checks the descriptors of one window; `streams` are the names of its streams. */
export function checkApxi(
  context: CheckContext,
  window: DocumentMap,
  { at, streams }: { readonly at: Path; readonly streams: readonly string[] },
): void {
  const { view, problems } = context;
  const byStream = window['apxi_descriptors'];
  if (!isMap(byStream)) return;
  for (const [stream, list] of Object.entries(byStream)) {
    const path = [...at, 'apxi_descriptors', stream];
    if (!streams.includes(stream)) {
      const message = 'the window has no stream of this name';
      const expected = `one of ${streams.join(', ')}`;
      const hint = nearestHint(stream, streams);
      problems.at(view, path, {
        code: 'descriptor-stream',
        message,
        expected,
        hint,
        found: stream,
        part: 'key',
      });
    }
    if (!isList(list)) continue;
    list.forEach((descriptor, n) => {
      if (isMap(descriptor)) checkDescriptor(context, descriptor, { at: [...path, n], stream, window });
    });
  }
}

interface DescriptorPlace {
  readonly at: Path;
  readonly stream: string;
  readonly window: DocumentMap;
}

function checkDescriptor(context: CheckContext, descriptor: DocumentMap, place: DescriptorPlace): void {
  const { view, problems } = context;
  const { at, stream, window } = place;
  const { stream_id, window_id } = descriptor;
  if (typeof stream_id === 'string' && stream_id !== stream) {
    const message = 'the stream_id of a descriptor must equal its key';
    problems.at(view, [...at, 'stream_id'], { code: 'descriptor-stream', message, expected: stream });
  }
  const aeon = window['aeon_window_id'];
  if (typeof aeon === 'string' && aeon !== '' && typeof window_id === 'string' && window_id !== aeon) {
    const message = 'the window_id of a descriptor must equal the aeon_window_id of its window';
    problems.at(view, [...at, 'window_id'], { code: 'descriptor-window', message, expected: aeon });
  }
  const type = DESCRIPTOR_TYPES.find((known) => known === descriptor['descriptor_type']);
  const { params } = descriptor;
  if (type === undefined || !isMap(params)) return;
  checkParams(context, type, params, [...at, 'params']);
  if (type === 'RUN_SEGMENT') checkRunLength(context, params, { at: [...at, 'params'], window });
}

function checkParams(
  { view, problems }: CheckContext,
  type: DescriptorType,
  params: DocumentMap,
  at: Path,
): void {
  const { required, optional } = PARAMS[type];
  for (const key of required) {
    if (Object.hasOwn(params, key)) continue;
    const message = `the params of ${type} lack the key "${key}"`;
    problems.at(view, at, { code: 'missing-key', message, expected: required.join(', ') });
  }
  const known = [...required, ...optional];
  for (const key of Object.keys(params)) {
    if (known.includes(key)) continue;
    const message = `${type} has no parameter "${key}"`;
    const expected = `one of ${known.join(', ')}`;
    const hint = nearestHint(key, known);
    problems.at(view, [...at, key], {
      code: 'unknown-key',
      message,
      expected,
      hint,
      found: key,
      part: 'key',
    });
  }
}

function checkRunLength(
  { view, problems }: CheckContext,
  { pattern, repeats }: DocumentMap,
  { at, window }: { readonly at: Path; readonly window: DocumentMap },
): void {
  const { start_tick: start, end_tick: end } = window;
  if (!isList(pattern) || pattern.length === 0 || !isInt(repeats) || !isInt(start) || !isInt(end)) return;
  const ticks = end - start + 1;
  if (ticks < 1 || pattern.length * repeats === ticks) return;
  const message = `the repeated pattern has ${String(pattern.length * repeats)} ticks, the window ${String(ticks)}`;
  const expected = 'a pattern that covers the window exactly';
  problems.at(view, [...at, 'repeats'], { code: 'descriptor-length', message, expected });
}

/** The view of a window; undefined unless it is enabled. */
export function buildApxi(raw: ApxiFields): ApxiPlan | undefined {
  if (raw.apxi_enabled !== true) return undefined;
  const streams = Object.entries(raw.apxi_descriptors ?? {}).filter(([, list]) => list.length > 0);
  const descriptors = streams.map(([stream, list]) => {
    const sorted = list.map(buildDescriptor).sort(byDescriptorId);
    return [stream, sorted] as const;
  });
  return {
    residual_scheme: raw.apxi_residual_scheme ?? 'R',
    descriptors: Object.fromEntries(descriptors),
  };
}

function buildDescriptor(raw: Descriptor): ApxiDescriptor {
  const { descriptor_id, descriptor_type, window_id, stream_id, labels } = raw;
  const params = descriptor_type === 'LINEAR_TREND' ? { start_tick: 0, ...raw.params } : { ...raw.params };
  const named = { descriptor_id, window_id, stream_id, labels: labels ?? [] };
  return { ...named, descriptor_type, params } as unknown as ApxiDescriptor;
}

/** By code unit; the sort is stable, so equal ids keep document order. */
function byDescriptorId(a: ApxiDescriptor, b: ApxiDescriptor): number {
  return byCodeUnit(a.descriptor_id, b.descriptor_id);
}
