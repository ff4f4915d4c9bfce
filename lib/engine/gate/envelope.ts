import type { ByteWriter } from '../../base/byte-writer.js';
import { canonicalJson, type Json } from '../../base/canonical-json.js';
import type { PfnaEntry, RunInputs } from '../inputs.js';
import { jsonText, piece } from '../json-text.js';

/** NAP envelope (section 6). */
export interface NapEnvelope {
  readonly v: number;
  readonly tick: number;
  readonly gid: string;
  readonly nid: string;
  readonly layer: string;
  readonly mode: string;
  readonly payload_ref: number;
  readonly seq: number;
  readonly prev_chain: number;
  readonly sig: string;
  readonly slp_event_ids: readonly string[];
  readonly meta: { readonly [key: string]: Json };
}

/** The fields in which envelopes of one run differ; `label` is layer and mode. */
export interface EnvelopeFields {
  readonly label: EnvelopeLabel;
  readonly tick: number;
  readonly seq: number;
  readonly payload_ref: number;
  readonly prev_chain: number;
  /** `meta` as canonical JSON bytes. */
  readonly meta: Uint8Array;
}

export const ENVELOPE_LABELS = ['start_end', 'governance', 'ingress', 'data', 'egress'] as const;
export type EnvelopeLabel = (typeof ENVELOPE_LABELS)[number];

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

/** Writes envelopes as canonical JSON. */
export class EnvelopeEncoder {
  readonly #head: Readonly<Record<EnvelopeLabel, Uint8Array>>;
  readonly #mode: Readonly<Record<EnvelopeLabel, Uint8Array>>;
  readonly #tail: Uint8Array;

  constructor(inputs: RunInputs) {
    const { topology, run } = inputs;
    const head = (layer: string): Uint8Array =>
      piece(`{"gid":${canonicalJson(topology.gid)},"layer":${canonicalJson(layer)},"meta":`);
    const nid = new TextDecoder().decode(jsonText(run.nid));
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

  /** Appends one envelope, without a line end. */
  encode(out: ByteWriter, envelope: EnvelopeFields): void {
    const { label } = envelope;
    out.raw(this.#head[label]);
    out.raw(envelope.meta);
    out.raw(this.#mode[label]);
    out.int(envelope.payload_ref);
    out.ascii(',"prev_chain":');
    out.int(envelope.prev_chain);
    out.ascii(',"seq":');
    out.int(envelope.seq);
    out.ascii(',"sig":"","slp_event_ids":[],"tick":');
    out.int(envelope.tick);
    out.raw(this.#tail);
  }
}
