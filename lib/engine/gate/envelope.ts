import type { ByteWriter } from '../../base/byte-writer.js';
import { canonicalJson } from '../../base/canonical-json.js';
import { Latest } from '../../base/derived.js';
import type { PfnaEntry, RunInputs, SlpEvent } from '../inputs.js';
import { piece } from '../json-text.js';

/** The varying fields of the envelopes of one run; `label` is layer and mode. */
export interface EnvelopeFields {
  readonly label: EnvelopeLabel;
  readonly tick: number;
  readonly seq: number;
  readonly payload_ref: number;
  readonly prev_chain: number;
  /** `meta` as canonical JSON bytes. */
  readonly meta: Uint8Array;
}

export type EnvelopeLabel = 'start_end' | 'governance' | 'ingress' | 'data' | 'egress';

/** `[]`, the event ids of a record whose tick has no structural events. */
export const NO_EVENTS = piece('[]');

const NO_IDS: ReadonlyMap<number, Uint8Array> = new Map();

/** Ids of the structural events of each tick that has any, sorted, as canonical JSON bytes. */
export function eventIdsByTick(events: readonly SlpEvent[]): ReadonlyMap<number, Uint8Array> {
  if (events.length === 0) return NO_IDS;
  const byTick = new Map<number, string[]>();
  for (const { tick_effective, event_id } of events) {
    const ids = byTick.get(tick_effective);
    if (ids === undefined) byTick.set(tick_effective, [event_id]);
    else ids.push(event_id);
  }
  return new Map([...byTick].map(([tick, ids]) => [tick, piece(canonicalJson(ids))]));
}

/** `{}`, the meta of most envelopes. */
export const NO_META = piece('{}');
const NO_PFNA = piece('{"pfna_integerization":[]}');

/** meta of a DATA envelope. */
export function dataMeta(entries: readonly PfnaEntry[]): Uint8Array {
  if (entries.length === 0) return NO_PFNA;
  const list = entries.map(({ pfna_id, values, audit }) => ({
    pfna_id,
    values,
    audit: audit.map(({ index, raw, shifted, scaled, rounded, clamped }) => ({
      index,
      raw,
      shifted,
      scaled,
      rounded,
      clamped,
    })),
  }));
  return piece(canonicalJson({ pfna_integerization: list }));
}

const latest = new Latest<readonly [string, string, string, string, number], EnvelopeEncoder>();

/** Writes envelopes as canonical JSON. */
export class EnvelopeEncoder {
  /** The encoder of a run; runs of a sweep share one. */
  static of(inputs: RunInputs): EnvelopeEncoder {
    const { gid } = inputs.topology;
    const { nid, nap } = inputs.run;
    return latest.of([gid, nid, nap.layer, nap.mode, nap.v], () => new EnvelopeEncoder(inputs));
  }

  readonly #head: Readonly<Record<EnvelopeLabel, Uint8Array>>;
  readonly #mode: Readonly<Record<EnvelopeLabel, Uint8Array>>;
  readonly #tail: Uint8Array;

  constructor(inputs: RunInputs) {
    const { topology, run } = inputs;
    const head = (layer: string): Uint8Array =>
      piece(`{"gid":${canonicalJson(topology.gid)},"layer":${canonicalJson(layer)},"meta":`);
    const nid = JSON.stringify(run.nid);
    const mode = (text: string): Uint8Array =>
      piece(`,"mode":${canonicalJson(text)},"nid":${nid},"payload_ref":`);
    const { layer } = run.nap;
    this.#head = {
      start_end: head('CTRL'),
      governance: head('GOV'),
      ingress: head('INGRESS'),
      data: head(layer),
      egress: head('EGRESS'),
    };
    this.#mode = {
      start_end: mode('P'),
      governance: mode('G'),
      ingress: mode('P'),
      data: mode(run.nap.mode),
      egress: mode('P'),
    };
    this.#tail = piece(`,"v":${run.nap.v}}`);
  }

  /** Appends one envelope, without a line end; `events` are the ids of its structural events as JSON. */
  encode(out: ByteWriter, envelope: EnvelopeFields, events: Uint8Array = NO_EVENTS): void {
    const { label } = envelope;
    out.raw(this.#head[label]);
    out.raw(envelope.meta);
    out.raw(this.#mode[label]);
    out.int(envelope.payload_ref);
    out.ascii(',"prev_chain":');
    out.int(envelope.prev_chain);
    out.ascii(',"seq":');
    out.int(envelope.seq);
    out.ascii(',"sig":"","slp_event_ids":');
    out.raw(events);
    out.ascii(',"tick":');
    out.int(envelope.tick);
    out.raw(this.#tail);
  }
}
