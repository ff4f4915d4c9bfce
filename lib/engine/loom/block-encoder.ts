import { putInt, type ByteWriter } from '../../base/byte-writer.js';
import { canonicalJson } from '../../base/canonical-json.js';
import type { Profile, Topology } from '../inputs.js';
import { piece } from '../json-text.js';
import { putIntArray } from '../umx/ledger-encoder.js';

/**
 * Writes Loom blocks as canonical JSON. The link form of a block is the same record with one or two more
 * keys, which sort into its middle; `prev` and `root` are the values of those keys as JSON, absent in the
 * stored form.
 */
export class BlockEncoder {
  readonly #segments: Uint8Array;
  readonly #ends: Int32Array;
  readonly #gid: Uint8Array;
  readonly #version: Uint8Array;
  readonly #iGid: Uint8Array;
  readonly #iTail: Uint8Array;
  readonly #iProfile: Uint8Array;

  constructor(topology: Topology, profile: Profile) {
    const texts = topology.edges.map((edge, e) => `${e === 0 ? '' : '},'}{"e_id":${edge.e_id},"f_e":`);
    this.#segments = piece(texts.join(''));
    this.#ends = new Int32Array(texts.length);
    let at = 0;
    texts.forEach((text, s) => (this.#ends[s] = at += text.length));
    const gid = canonicalJson(topology.gid);
    const version = canonicalJson(topology.topology_version);
    this.#gid = piece(`],"gid":${gid}`);
    this.#version = piece(`,"topology_version":${version}}`);
    this.#iGid = piece(`,"W":${profile.I_block_spacing_W},"gid":${gid}`);
    this.#iProfile = piece(`,"profile_version":${canonicalJson(profile.name)},"tick":`);
    const snapshot = topology.edges.map(({ SC, c, cap, e_id, i, j, k }) => ({ SC, c, cap, e_id, i, j, k }));
    this.#iTail = piece(`,"topology_snapshot":${canonicalJson(snapshot)},"topology_version":${version}}`);
  }

  /** Appends the part of a P-block before `prev_hash`. */
  pHead(out: ByteWriter, C_t: number, f_e: Float64Array): void {
    out.ascii(`{"C_t":${C_t},"edge_flux_summary":[`);
    const segments = this.#segments;
    const ends = this.#ends;
    out.ensure(segments.length + f_e.length * 17 + 1);
    const bytes = out.bytes;
    let at = out.length;
    let from = 0;
    for (let e = 0; e < f_e.length; e++) {
      for (const end = ends[e]!; from < end; from++) bytes[at++] = segments[from]!;
      at = putInt(bytes, at, f_e[e]!);
    }
    if (f_e.length > 0) bytes[at++] = 0x7d;
    out.length = at;
    out.raw(this.#gid);
  }

  /** Appends the part of a P-block after `prev_hash`. */
  pTail(out: ByteWriter, tick: number, s_t: number): void {
    out.ascii(`,"s_t":${s_t},"seq":${tick},"tick":${tick}`);
    out.raw(this.#version);
  }

  /** Appends an I-block; with `link`, its link form. */
  iBlock(
    out: ByteWriter,
    block: IBlockValues,
    link?: { readonly root: string; readonly prev: string },
  ): void {
    out.ascii(`{"C_t":${block.C_t}`);
    out.raw(this.#iGid);
    if (link) out.ascii(`,"merkle_root":"${link.root}"`);
    out.ascii(',"post_u":');
    putIntArray(out, block.post_u);
    if (link) out.ascii(`,"prev_hash":"${link.prev}"`);
    out.raw(this.#iProfile);
    out.int(block.tick);
    out.raw(this.#iTail);
  }
}

/** The varying fields of I-blocks. */
export interface IBlockValues {
  readonly tick: number;
  readonly C_t: number;
  readonly post_u: Float64Array;
}
