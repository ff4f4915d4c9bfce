import t from 'tap';
import type { Profile } from '../../../lib/engine/inputs.js';
import { firstPrimes } from '../../../lib/engine/loom/chain-value.js';
import { collectRun, records } from '../../session/collect-run.js';
import { toyRun, type ToyRun } from '../toy-run.js';

const MAX = Number.MAX_SAFE_INTEGER;

/** [s_t, C_t] of the first ticks of a toy run. */
function chainOf(profile: Partial<Profile>, toy: ToyRun = {}): [number, number][] {
  const inputs = toyRun({ run: { ticks: 2 }, ...toy, profile: { C0: 5, modulus_M: 1000, ...profile } });
  const { outcome, texts } = collectRun(inputs);
  if (outcome.state !== 'completed') throw new Error(JSON.stringify(outcome));
  return records<{ s_t: number; C_t: number }>(texts['loom_p_blocks']!).map(({ s_t, C_t }) => [s_t, C_t]);
}

void t.test('firstPrimes gives the first primes for node counts around every bound', (t) => {
  const primes: number[] = [];
  for (let n = 2; primes.length < 400; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  for (const count of [0, 1, 2, 5, 6, 7, 12, 100, 400]) {
    t.strictSame(Array.from(firstPrimes(count)), primes.slice(0, count), `${String(count)} primes`);
  }
  t.end();
});

void t.test('the chain value is affine in the previous value, the signal and the tick', (t) => {
  // 17*5 + 23*9 + 1 = 293; 17*293 + 207 + 2 = 5190.
  t.strictSame(chainOf({ s_t_rule: { mode: 'constant', value: 9 } }), [
    [9, 293],
    [9, 190],
  ]);
  // -17*5 - 23*9 + 1 = -291.
  const negative = chainOf({ chain_a: -17, chain_b: -23, s_t_rule: { mode: 'constant', value: 9 } });
  t.strictSame(negative[0], [9, 709]);
  t.end();
});

void t.test('the chain is exact with large constants and moduli', (t) => {
  const exact = (MAXn: bigint): number => Number((MAXn * 5n + MAXn * MAXn + 1n) % (MAXn - 1n));
  const chain = chainOf({
    modulus_M: MAX - 1,
    chain_a: MAX,
    chain_b: MAX,
    s_t_rule: { mode: 'constant', value: MAX },
  });
  t.equal(chain[0]![1], exact(BigInt(MAX)));
  t.strictSame(
    chainOf({ modulus_M: 1, C0: 0 }).map(([, C_t]) => C_t),
    [0, 0],
  );
  t.end();
});

void t.test('prime_weighted uses the state after the tick', (t) => {
  const toy = { SC: 1, state: [10, 0, -4], edges: [{ i: 1, j: 2, cap: 3 }] };
  t.equal(chainOf({ s_t_rule: { mode: 'prime_weighted' } }, toy)[0]![0], 2 * 7 + 3 * 3 + 5 * -4);
  t.end();
});

void t.test('sum_abs_flux applies scale and offset, and is capped only from above', (t) => {
  const toy = {
    SC: 1,
    state: [9, 0, 20],
    edges: [
      { i: 1, j: 2, cap: 3 },
      { i: 1, j: 3, cap: 4 },
    ],
  };
  const s = (offset: number, scale: number, max_value: number | null): number =>
    chainOf({ s_t_rule: { mode: 'sum_abs_flux', offset, scale, max_value } }, toy)[0]![0];
  t.equal(s(0, 1, null), 7);
  t.equal(s(-10, 2, null), 4);
  t.equal(s(0, -1, null), -7);
  t.equal(s(1, 1, 5), 5);
  t.equal(s(1, 1, 8), 8);
  t.equal(s(0, -1, 5), -7);
  t.equal(s(0, MAX, 5), 5, 'the cap is applied before the range check');
  t.end();
});

void t.test('an I-block is made every W ticks, with a separate Merkle tree', (t) => {
  const inputs = toyRun({ run: { ticks: 7 }, profile: { I_block_spacing_W: 3 } });
  const { texts, session } = collectRun(inputs);
  t.strictSame(
    records<{ tick: number; W: number }>(texts['loom_i_blocks']!).map(({ tick, W }) => [tick, W]),
    [
      [3, 3],
      [6, 3],
    ],
  );
  const lines = records<{ block: string; tick: number; link_hash: string }>(texts['loom_chain']!);
  t.equal(lines.map(({ block }) => block).join(''), 'PPPIPPPIP');
  t.equal(session.loom_tip, lines.at(-1)!.link_hash);
  t.equal(session.i_blocks, 2);
  t.end();
});
