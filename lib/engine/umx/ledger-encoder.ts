import { putInt, type ByteWriter } from '../../base/byte-writer.js';
import { canonicalJson } from '../../base/canonical-json.js';
import type { Topology } from '../inputs.js';
import { piece } from '../json-text.js';
import type { UmxKernel } from './kernel.js';

const NOTES = [
  piece('[]'),
  piece('["causal_radius_clamped"]'),
  piece('["epsilon_cap_applied"]'),
  piece('["causal_radius_clamped","epsilon_cap_applied"]'),
] as const;

/**
 * Writes tick ledgers as canonical JSON. All but three numbers of an edge are constant, so the constant bytes
 * are prepared once and copied.
 */
export class LedgerEncoder {
  readonly #segments: Uint8Array;
  /** Three end offsets into #segments per edge. */
  readonly #ends: Int32Array;
  readonly #napRef: Uint8Array;

  constructor(topology: Topology, cap: Float64Array) {
    const texts: string[] = [];
    topology.edges.forEach((edge, e) => {
      texts.push(`${e === 0 ? '' : '},'}{"cap":${cap[e]!},"du":`);
      texts.push(`,"e_id":${edge.e_id},"f_e":`);
      texts.push(`,"i":${edge.i},"j":${edge.j},"raw":`);
    });
    this.#segments = piece(texts.join(''));
    this.#ends = new Int32Array(texts.length);
    let at = 0;
    texts.forEach((text, s) => (this.#ends[s] = at += text.length));
    this.#napRef = piece(`,"nap_ref":${canonicalJson(topology.nap_ref)},"policy_notes":`);
  }

  /** Appends the kernel's current tick, without a line end. */
  encode(out: ByteWriter, tick: number, kernel: UmxKernel): void {
    const { causal_radius_applied: clamped, epsilon_applied: capped } = kernel;
    out.ascii(`{"causal_radius_applied":${clamped},"edges":[`);
    this.#edges(out, kernel);
    out.ascii(`],"epsilon_applied":${capped}`);
    out.raw(this.#napRef);
    out.raw(NOTES[(clamped ? 1 : 0) + (capped ? 2 : 0)]!);
    out.ascii(',"post_u":');
    putIntArray(out, kernel.post_u);
    out.ascii(',"pre_u":');
    putIntArray(out, kernel.pre_u);
    const sum = kernel.sum_u;
    out.ascii(`,"sum_post_u":${sum},"sum_pre_u":${sum},"tick":${tick},"z_check":${sum}}`);
  }

  #edges(out: ByteWriter, kernel: UmxKernel): void {
    const segments = this.#segments;
    const ends = this.#ends;
    const { du, raw, f_e } = kernel;
    out.ensure(segments.length + du.length * 51 + 1);
    const bytes = out.bytes;
    let at = out.length;
    let from = 0;
    let s = 0;
    for (let e = 0; e < du.length; e++) {
      for (const end = ends[s++]!; from < end; from++) bytes[at++] = segments[from]!;
      at = putInt(bytes, at, du[e]!);
      for (const end = ends[s++]!; from < end; from++) bytes[at++] = segments[from]!;
      at = putInt(bytes, at, f_e[e]!);
      for (const end = ends[s++]!; from < end; from++) bytes[at++] = segments[from]!;
      at = putInt(bytes, at, raw[e]!);
    }
    if (du.length > 0) bytes[at++] = 0x7d;
    out.length = at;
  }
}

/** Appends `[1,2,3]`. */
export function putIntArray(out: ByteWriter, values: Float64Array): void {
  out.ensure(values.length * 18 + 2);
  const bytes = out.bytes;
  let at = out.length;
  bytes[at++] = 0x5b;
  for (let n = 0; n < values.length; n++) {
    if (n > 0) bytes[at++] = 0x2c;
    at = putInt(bytes, at, values[n]!);
  }
  bytes[at++] = 0x5d;
  out.length = at;
}
