import type { PressDefaults, Scheme, StreamSource } from '../../lib/engine/inputs.js';
import type { TickStep } from './oracle-umx.js';

/** A stream of a window: one row of values per tick. */
export type Rows = readonly (readonly bigint[])[];

/** One description of a stream. */
export interface Description {
  readonly scheme: Scheme;
  readonly params: bigint;
  readonly L_model: bigint;
  readonly L_residual: bigint;
}

/** The values of a source at a tick; `prev` is C_{t-1}. */
export function sourceRow(source: StreamSource, step: TickStep, prev: bigint): readonly bigint[] {
  switch (source) {
    case 'post_u_deltas':
      return step.post_u.map((u, at) => u - step.pre_u[at]!);
    case 'fluxes':
      return step.edges.map(({ f_e }) => f_e);
    case 'pre_u':
      return step.pre_u;
    case 'post_u':
      return step.post_u;
    case 'prev_chain':
      return [prev];
  }
}

/** Every description of the accounting: ID, GR by exponent, R. */
export function candidates(rows: Rows, press: PressDefaults): Description[] {
  const all: readonly Scheme[] = ['ID', 'GR', 'R'];
  if (press.accounting === 'varint-v1') return all.map((scheme) => varint(rows, scheme));
  return all.flatMap((scheme) => mdl(rows, scheme, press.gr_max_p));
}

/** The chosen description: for varint-v1 the first scheme, for mdl-v0 the first with the lowest length. */
export function choose(rows: Rows, press: PressDefaults, hint: Scheme | null): Description {
  const order = hint === null ? press.preferred_schemes : [hint];
  const all = candidates(rows, press);
  if (press.accounting === 'varint-v1') return all.find((d) => d.scheme === order[0])!;
  const ordered = order.flatMap((scheme) => all.filter((d) => d.scheme === scheme));
  return ordered.reduce((best, next) => (lengthOf(next) < lengthOf(best) ? next : best));
}

/** L_total. */
export function lengthOf(d: Description): bigint {
  return d.L_model + d.L_residual;
}

function mdl(rows: Rows, scheme: Scheme, maxP: number): Description[] {
  const flat = rows.flat();
  const of = (params: number, L_residual: bigint): Description => ({
    scheme,
    params: BigInt(params),
    L_model: 0n,
    L_residual,
  });
  if (scheme === 'ID')
    return [
      of(
        0,
        add(flat, (z) => 1n + bitlen(z)),
      ),
    ];
  if (scheme === 'R') return [of(0, runBits(flat))];
  return Array.from({ length: maxP + 1 }, (_, p) =>
    of(
      p,
      add(flat, (z) => riceBits(z, BigInt(p))),
    ),
  );
}

function runBits(flat: readonly bigint[]): bigint {
  const deltas = flat.map((x, at) => (at === 0 ? x : x - flat[at - 1]!));
  let bits = 0n;
  for (let at = 0; at < deltas.length;) {
    let zeros = 0;
    while (at + zeros < deltas.length && deltas[at + zeros] === 0n) zeros++;
    bits += 1n + (zeros > 0 ? bitlen(BigInt(zeros)) : riceBits(deltas[at]!, 0n));
    at += Math.max(zeros, 1);
  }
  return bits;
}

function riceBits(z: bigint, p: bigint): bigint {
  const y = z > 0n ? 2n * z - 1n : -2n * z;
  return y / 2n ** p + 1n + p;
}

function varint(rows: Rows, scheme: Scheme): Description {
  const width = BigInt(rows[0]!.length);
  const shape = v(width) + v(BigInt(rows.length));
  const twice = (x: bigint): bigint => v(2n * x);
  const result = (L_model: bigint, L_residual: bigint): Description => ({
    scheme,
    params: 0n,
    L_model,
    L_residual,
  });
  if (scheme === 'ID') return result(shape, add(rows.flat(), twice));
  if (scheme === 'R') {
    const later = rows.slice(1).flatMap((row, at) => row.map((x, i) => x - rows[at]![i]!));
    return result(shape + add(rows[0]!, twice), add(later, twice));
  }
  const runs: { row: readonly bigint[]; length: bigint }[] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last.row.every((x, i) => x === row[i])) last.length++;
    else runs.push({ row, length: 1n });
  }
  const values = runs.flatMap(({ row }) => row);
  return result(
    v(width) + v(BigInt(runs.length)) + add(values, twice),
    add(
      runs.map((r) => r.length),
      v,
    ),
  );
}

/** Bits of a varint: one byte for each group of seven binary digits. */
function v(n: bigint): bigint {
  const digits = bitlen(n);
  return digits <= 7n ? 8n : 8n * ((digits + 6n) / 7n);
}

function bitlen(z: bigint): bigint {
  return z === 0n ? 0n : BigInt((z < 0n ? -z : z).toString(2).length);
}

function add(values: readonly bigint[], cost: (value: bigint) => bigint): bigint {
  return values.reduce((sum, value) => sum + cost(value), 0n);
}
