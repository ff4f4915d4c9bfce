import type { Profile, STRule, Topology } from '../../lib/engine/inputs.js';
import { recordHash, sha, type Exact } from './oracle-json.js';
import { total, type TickStep } from './oracle-umx.js';

/** Mathematical remainder in [0, m). */
export function mathMod(x: bigint, m: bigint): bigint {
  return ((x % m) + m) % m;
}

/** s_t of a tick. */
export function sOfTick(rule: STRule, step: TickStep): bigint {
  if (rule.mode === 'constant') return BigInt(rule.value);
  if (rule.mode === 'prime_weighted') {
    const primes = firstPrimes(step.post_u.length);
    return total(step.post_u.map((u, at) => u * primes[at]!));
  }
  const flux = total(step.edges.map(({ f_e }) => (f_e < 0n ? -f_e : f_e)));
  const s = BigInt(rule.offset) + BigInt(rule.scale) * flux;
  return rule.max_value !== null && s > BigInt(rule.max_value) ? BigInt(rule.max_value) : s;
}

function firstPrimes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n);
  return found;
}

/** C_t from C_{t-1}. */
export function nextChain(profile: Profile, prev: bigint, now: { s_t: bigint; tick: number }): bigint {
  const exact = BigInt(profile.chain_a) * prev + BigInt(profile.chain_b) * now.s_t + BigInt(now.tick);
  return mathMod(exact, BigInt(profile.modulus_M));
}

/** Chain values of a tick. */
export interface ChainStep {
  readonly s_t: bigint;
  readonly C_t: bigint;
}

/** P-block record. */
export function pBlock(topology: Topology, step: TickStep, { s_t, C_t }: ChainStep): Record<string, Exact> {
  return {
    gid: topology.gid,
    tick: BigInt(step.tick),
    seq: BigInt(step.tick),
    s_t,
    C_t,
    topology_version: topology.topology_version,
    edge_flux_summary: step.edges.map(({ edge, f_e }) => ({ e_id: BigInt(edge.e_id), f_e })),
  };
}

/** I-block record of a tick that is a multiple of W. */
export function iBlock(
  { topology, profile }: { topology: Topology; profile: Profile },
  step: TickStep,
  C_t: bigint,
): Record<string, Exact> {
  return {
    gid: topology.gid,
    tick: BigInt(step.tick),
    W: BigInt(profile.I_block_spacing_W),
    C_t,
    profile_version: profile.name,
    topology_version: topology.topology_version,
    post_u: step.post_u,
    topology_snapshot: topology.edges.map(({ e_id, i, j, k, cap, SC, c }) => ({
      e_id: BigInt(e_id),
      i: BigInt(i),
      j: BigInt(j),
      k: BigInt(k),
      cap: BigInt(cap),
      SC: BigInt(SC),
      c: BigInt(c),
    })),
  };
}

/** The tamper-evidence chain: one line per block, in block order. */
export function linkLines(
  pBlocks: readonly Record<string, Exact>[],
  iBlocks: ReadonlyMap<number, Record<string, Exact>>,
  W: number,
): Exact[] {
  let prev: string | null = null;
  const links: string[] = [];
  const lines: Exact[] = [];
  pBlocks.forEach((block, at) => {
    const tick = BigInt(at + 1);
    prev = recordHash({ ...block, prev_hash: prev });
    links.push(prev);
    lines.push({ block: 'P', link_hash: prev, tick });
    const checkpoint = iBlocks.get(at + 1);
    if (checkpoint === undefined) return;
    const merkle_root = merkle(links.slice(-W));
    prev = recordHash({ ...checkpoint, merkle_root, prev_hash: prev });
    lines.push({ block: 'I', link_hash: prev, merkle_root, tick });
  });
  return lines;
}

/** Merkle root, level by level; an odd node is paired with itself. */
function merkle(leaves: readonly string[]): string {
  if (leaves.length === 1) return leaves[0]!;
  const level: string[] = [];
  for (let at = 0; at < leaves.length; at += 2)
    level.push(sha(leaves[at]! + (leaves[at + 1] ?? leaves[at]!)));
  return merkle(level);
}
