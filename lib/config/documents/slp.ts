import { byCodeUnit } from '../../base/code-units.js';
import { SLP_OPS, type SlpEvent, type SlpOp } from '../../engine/inputs.js';
import { nearestHint } from '../nearest.js';
import { SESSION_OPS, type SlpDocument } from '../schemas/slp.js';
import { childOf, isList, isMap } from '../source/path.js';
import type { CheckContext } from './loaded.js';

/** The structural events of a document, in order of application. */
export interface Slp {
  readonly gid: string;
  readonly events: readonly SlpEvent[];
}

type PayloadKey = keyof SlpDocument['events'][number]['payload'];

interface PayloadKeys {
  readonly required: readonly PayloadKey[];
  readonly optional: readonly PayloadKey[];
  /** Keys of the payload that an event keeps, without notes. */
  readonly kept: readonly PayloadKey[];
}

function keys(required: readonly PayloadKey[], optional: readonly PayloadKey[] = []): PayloadKeys {
  return { required, optional, kept: [...required, ...optional].filter((key) => key !== 'attrs') };
}

const PAYLOADS: Readonly<Record<SlpOp, PayloadKeys>> = {
  ADD_NODE: keys(['node_id'], ['label', 'attrs']),
  REMOVE_NODE: keys(['node_id']),
  UPDATE_NODE: keys(['node_id'], ['label', 'attrs']),
  ADD_EDGE: keys(['e_id', 'i', 'j'], ['k', 'cap', 'c']),
  REMOVE_EDGE: keys(['e_id']),
  UPDATE_EDGE: keys(['e_id'], ['k', 'cap', 'c', 'i', 'j']),
};

/**
 * Checks within the document that a schema cannot express; accepts documents that do not match their schema.
 */
export function checkSlp(context: CheckContext): void {
  const events = childOf(context.view.value, 'events');
  if (!isList(events)) return;
  const seen = new Map<string, number>();
  events.forEach((event, index) => {
    if (!isMap(event)) return;
    checkRepeat(context, event, index, seen);
    checkGid(context, event, index);
    checkOperation(context, event, index);
  });
}

function checkRepeat(
  { view, problems }: CheckContext,
  { event_id }: Readonly<Record<string, unknown>>,
  index: number,
  seen: Map<string, number>,
): void {
  if (typeof event_id !== 'string') return;
  const first = seen.get(event_id);
  if (first === undefined) {
    seen.set(event_id, index);
    return;
  }
  const hint = `event ${String(first)} has the same event_id`;
  const message = 'event ids must be unique';
  problems.at(view, ['events', index, 'event_id'], { code: 'event-repeated', message, hint });
}

function checkGid(
  { view, problems }: CheckContext,
  { gid }: Readonly<Record<string, unknown>>,
  index: number,
): void {
  const own = childOf(view.value, 'gid');
  if (typeof gid !== 'string' || typeof own !== 'string' || gid === own) return;
  const message = 'the event is for another gid than its document';
  problems.at(view, ['events', index, 'gid'], { code: 'gid-mismatch', message, expected: own });
}

function checkOperation(
  { view, problems }: CheckContext,
  { op_type, payload }: Readonly<Record<string, unknown>>,
  index: number,
): void {
  const at = ['events', index] as const;
  if ((SESSION_OPS as readonly unknown[]).includes(op_type)) {
    const message = 'the operation is for sessions of several graphs, and a run has one graph';
    const expected = `one of ${SLP_OPS.join(', ')}`;
    problems.at(view, [...at, 'op_type'], { code: 'session-operation', message, expected });
    return;
  }
  const op = SLP_OPS.find((known) => known === op_type);
  if (op === undefined || !isMap(payload)) return;
  const { required, optional } = PAYLOADS[op];
  for (const key of required) {
    if (Object.hasOwn(payload, key)) continue;
    const message = `the payload of ${op} lacks the key "${key}"`;
    problems.at(view, [...at, 'payload'], { code: 'missing-key', message, expected: required.join(', ') });
  }
  const known: readonly string[] = [...required, ...optional];
  for (const key of Object.keys(payload)) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    const message = `${op} has no key "${key}" in its payload`;
    const expected = `one of ${known.join(', ')}`;
    const hint = nearestHint(key, known);
    const path = [...at, 'payload', key];
    problems.at(view, path, { code: 'unknown-key', message, expected, hint, found: key, part: 'key' });
  }
}

/** The events of a run, sorted by tick and id. */
export function buildSlp({ gid, events }: SlpDocument): Slp {
  return { gid, events: events.map(buildEvent).sort(compareEvents) };
}

function buildEvent({ event_id, tick_effective, op_type, payload }: SlpDocument['events'][number]): SlpEvent {
  // checkSlp refuses the operations of sessions.
  const kept = PAYLOADS[op_type as SlpOp].kept.flatMap((key) => {
    const value = payload[key] ?? undefined;
    return value === undefined ? [] : [[key, value] as const];
  });
  return { event_id, tick_effective, op_type, payload: Object.fromEntries(kept) } as unknown as SlpEvent;
}

/** Order of application: by tick, then by the code units of the id. */
export function compareEvents(
  a: Pick<SlpEvent, 'tick_effective' | 'event_id'>,
  b: Pick<SlpEvent, 'tick_effective' | 'event_id'>,
): number {
  if (a.tick_effective !== b.tick_effective) return a.tick_effective - b.tick_effective;
  return byCodeUnit(a.event_id, b.event_id);
}
