import { addMod, mulMod } from '../../base/integers.js';
import type { Accounting } from '../inputs.js';
import type { ManifestStream } from './records.js';

const OFFSET = 2166136261;
const PRIME = 16777619;

/** Final affine step per accounting; the mdl-v0 pair makes the two published GF-01 checks hold. */
const AFFINE = {
  'mdl-v0': { b1: 98527384, b0: 89870451 },
  'varint-v1': { b1: 25239686, b0: 282668257 },
} as const;

/** Input of the manifest check (section 5.4). */
export interface CheckedManifest {
  readonly apx_name: string;
  readonly profile: string;
  readonly streams: readonly ManifestStream[];
}

/** The FNV-like check of a manifest, in [0, M). */
export function manifestCheck(manifest: CheckedManifest, accounting: Accounting, M: number): number {
  const mixer = M < 0x80000000 ? new SmallMixer(M) : new BigMixer(M);
  mixText(mixer, manifest.apx_name);
  mixText(mixer, manifest.profile);
  mixer.mix(manifest.streams.length);
  for (const stream of manifest.streams) {
    mixText(mixer, stream.stream_id);
    if (accounting === 'varint-v1') mixText(mixer, stream.description);
    mixText(mixer, stream.scheme);
    mixText(mixer, String(stream.params));
    mixer.mix(stream.L_model);
    mixer.mix(stream.L_residual);
    mixer.mix(stream.L_total);
  }
  const { b1, b0 } = AFFINE[accounting];
  return addMod(mulMod(b1, mixer.value, M), b0, M);
}

interface Mixer {
  readonly value: number;
  /** Mixes in a non-negative safe integer. */
  mix(v: number): void;
}

function mixText(mixer: Mixer, text: string): void {
  for (const ch of text) mixer.mix(ch.codePointAt(0)!);
}

/** M < 2^31: xor fits 32-bit operators, and the product is split so that no part leaves the double range. */
class SmallMixer implements Mixer {
  value: number;
  readonly #M: number;

  constructor(M: number) {
    this.#M = M;
    this.value = OFFSET % M;
  }

  mix(v: number): void {
    const M = this.#M;
    const x = this.value ^ (v % M);
    const high = (((x >>> 16) * PRIME) % M) * 65536;
    this.value = (high + (x & 0xffff) * PRIME) % M;
  }
}

class BigMixer implements Mixer {
  #acc: bigint;
  readonly #M: bigint;

  constructor(M: number) {
    this.#M = BigInt(M);
    this.#acc = BigInt(OFFSET) % this.#M;
  }

  get value(): number {
    return Number(this.#acc);
  }

  mix(v: number): void {
    this.#acc = ((this.#acc ^ (BigInt(v) % this.#M)) * BigInt(PRIME)) % this.#M;
  }
}
