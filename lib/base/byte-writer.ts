/** Maximum bytes that a buffer grows by beyond its content: doubling a large buffer wastes too much. */
const LARGEST_STEP = 1 << 18;

/**
 * A growable byte buffer that record encoders write canonical JSON into. It exists because building objects and
 * calling JSON.stringify costs several times more than the simulation itself.
 */
export class ByteWriter {
  /** Backing bytes; only [0, length) is meaningful, and the array is replaced when it grows. */
  bytes: Uint8Array;
  length = 0;
  #view: Buffer;

  constructor(capacity = 4096) {
    this.#view = Buffer.allocUnsafeSlow(capacity);
    this.bytes = this.#view;
  }

  /** Reserves room for `extra` more bytes. */
  ensure(extra: number): void {
    const need = this.length + extra;
    if (need <= this.bytes.length) return;
    const { length: capacity } = this.bytes;
    const grown = Buffer.allocUnsafeSlow(Math.max(need, capacity + Math.min(capacity, LARGEST_STEP)));
    grown.set(this.bytes.subarray(0, this.length));
    this.#view = grown;
    this.bytes = grown;
  }

  byte(value: number): void {
    this.ensure(1);
    this.bytes[this.length++] = value;
  }

  /** Appends ASCII text; other characters are truncated. */
  ascii(text: string): void {
    const n = text.length;
    this.ensure(n);
    if (n > 40) {
      this.length += this.#view.write(text, this.length, 'latin1');
      return;
    }
    const out = this.bytes;
    let at = this.length;
    for (let i = 0; i < n; i++) out[at++] = text.charCodeAt(i);
    this.length = at;
  }

  /** Appends text as UTF-8. */
  text(text: string): void {
    this.ensure(text.length * 3);
    this.length += this.#view.write(text, this.length, 'utf8');
  }

  raw(source: Uint8Array): void {
    const n = source.length;
    this.ensure(n);
    const out = this.bytes;
    let at = this.length;
    if (n > 64) out.set(source, at);
    else for (let i = 0; i < n; i++) out[at + i] = source[i]!;
    at += n;
    this.length = at;
  }

  /** Appends a safe integer in plain decimal; -0 prints as 0. */
  int(value: number): void {
    this.ensure(17);
    this.length = putInt(this.bytes, this.length, value);
  }

  /** The bytes in [from, length) as a view, valid until the next write. */
  view(from = 0): Uint8Array {
    return this.bytes.subarray(from, this.length);
  }

  reset(): void {
    this.length = 0;
  }
}

/**
 * Writes a safe integer in plain decimal at `at` and returns the position after it. The caller reserves room
 * for 17 bytes.
 */
export function putInt(out: Uint8Array, at: number, value: number): number {
  let rest = value;
  if (rest < 0) {
    out[at++] = 0x2d;
    rest = -rest;
  }
  if (rest < 10) {
    out[at] = 0x30 + rest;
    return at + 1;
  }
  if (rest > 0xffffffff) {
    const high = Math.floor(rest / 1e9);
    at = putUint32(out, at, high);
    return putPadded9(out, at, rest - high * 1e9);
  }
  return putUint32(out, at, rest);
}

function putUint32(out: Uint8Array, at: number, value: number): number {
  let rest = value >>> 0;
  const digits = countDigits(rest);
  let i = at + digits;
  while (i > at) {
    const next = (rest / 10) >>> 0;
    out[--i] = 0x30 + (rest - next * 10);
    rest = next;
  }
  return at + digits;
}

function putPadded9(out: Uint8Array, at: number, value: number): number {
  let rest = value >>> 0;
  for (let i = at + 8; i >= at; i--) {
    const next = (rest / 10) >>> 0;
    out[i] = 0x30 + (rest - next * 10);
    rest = next;
  }
  return at + 9;
}

function countDigits(v: number): number {
  if (v < 100000) {
    if (v < 100) return v < 10 ? 1 : 2;
    if (v < 1000) return 3;
    return v < 10000 ? 4 : 5;
  }
  if (v < 10000000) return v < 1000000 ? 6 : 7;
  if (v < 100000000) return 8;
  return v < 1000000000 ? 9 : 10;
}
