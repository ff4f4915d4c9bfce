import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Accounting } from '../../../lib/engine/inputs.js';
import { manifestCheck, type CheckedManifest } from '../../../lib/engine/press/manifest-check.js';
import { anyCharacter } from '../../base/any-character.js';

const MODULI = [
  1,
  2,
  3,
  97,
  65536,
  16777619,
  1000000007,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 31 + 1,
  2 ** 32,
  2 ** 32 + 15,
];
const MAX = Number.MAX_SAFE_INTEGER;

/** The check by the formula: a list of mixed integers, then one affine step. */
function byFormula(
  { apx_name, profile, streams }: CheckedManifest,
  accounting: Accounting,
  modulus: number,
): number {
  const M = BigInt(modulus);
  const points = (text: string): bigint[] =>
    Array.from(text, (character) => BigInt(character.codePointAt(0)!));
  const mixed = [...points(apx_name), ...points(profile), BigInt(streams.length)];
  for (const s of streams) {
    mixed.push(...points(s.stream_id));
    if (accounting === 'varint-v1') mixed.push(...points(s.description));
    mixed.push(...points(s.scheme), ...points(String(s.params)));
    mixed.push(BigInt(s.L_model), BigInt(s.L_residual), BigInt(s.L_total));
  }
  const acc = mixed.reduce((a, value) => ((a ^ (value % M)) * 16777619n) % M, 2166136261n % M);
  const [b1, b0] = accounting === 'mdl-v0' ? [98527384n, 89870451n] : [25239686n, 282668257n];
  return Number((b1 * acc + b0) % M);
}

const text = fc.string({ unit: anyCharacter, maxLength: 12 });
const stream = fc.record({
  stream_id: text,
  description: text,
  scheme: fc.constantFrom('ID' as const, 'GR' as const, 'R' as const),
  params: fc.nat({ max: 30 }),
  L_model: fc.maxSafeNat(),
  L_residual: fc.maxSafeNat(),
  L_total: fc.maxSafeNat(),
});
const manifest = fc.record({ apx_name: text, profile: text, streams: fc.array(stream, { maxLength: 4 }) });

void t.test('the check agrees with the formula for every modulus, on both sides of 2^31', (t) => {
  const modulus = fc.oneof(fc.constantFrom(...MODULI, MAX), fc.integer({ min: 1, max: MAX }));
  const accounting = fc.constantFrom('mdl-v0' as const, 'varint-v1' as const);
  const property = fc.property(manifest, accounting, modulus, (one, rule, M) => {
    const check = manifestCheck(one, rule, M);
    assert.equal(check, byFormula(one, rule, M));
    assert.ok(check >= 0 && check < M);
  });
  fc.assert(property, { seed: 61, numRuns: 1500 });
  t.pass('1500 manifests');
  t.end();
});

void t.test('the description enters the check only with varint-v1', (t) => {
  const one = (description: string): CheckedManifest => ({
    apx_name: 'A',
    profile: 'P',
    streams: [
      { stream_id: 'S', description, scheme: 'ID', params: 0, L_model: 0, L_residual: 1, L_total: 1 },
    ],
  });
  t.equal(manifestCheck(one('x'), 'mdl-v0', 1000000007), manifestCheck(one('y'), 'mdl-v0', 1000000007));
  t.not(manifestCheck(one('x'), 'varint-v1', 1000000007), manifestCheck(one('y'), 'varint-v1', 1000000007));
  t.end();
});
