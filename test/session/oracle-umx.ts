import type { Profile, RunInputs, Topology, TopologyEdge } from '../../lib/engine/inputs.js';
import type { Exact } from './oracle-json.js';

/** One edge of one tick. */
interface EdgeStep {
  readonly edge: TopologyEdge;
  readonly du: bigint;
  readonly raw: bigint;
  readonly cap: bigint;
  readonly f_e: bigint;
  readonly radius: boolean;
  readonly epsilon: boolean;
}

/** One tick of the substrate. */
export interface TickStep {
  readonly tick: number;
  readonly pre_u: readonly bigint[];
  readonly post_u: readonly bigint[];
  readonly edges: readonly EdgeStep[];
}

/** A state with the PFNA entries of a tick added. */
export function withPfna({ pfna }: RunInputs, tick: number, state: readonly bigint[]): bigint[] {
  const u = [...state];
  for (const entry of pfna?.entries ?? []) {
    if (entry.tick === tick) entry.values.forEach((value, at) => (u[at]! += BigInt(value)));
  }
  return u;
}

/** One step of the flux rule; `state` already includes the tick's PFNA entries. */
export function stepTick({ topology, profile }: RunInputs, tick: number, state: readonly bigint[]): TickStep {
  const edges = topology.edges.map((edge) => stepEdge({ topology, profile }, edge, state));
  const post = [...state];
  for (const { edge, f_e } of edges) {
    post[edge.i - 1]! -= f_e;
    post[edge.j - 1]! += f_e;
  }
  return { tick, pre_u: state, post_u: post, edges };
}

/** The parameters of the flux rule besides the edge and the state. */
interface Rules {
  readonly topology: Topology;
  readonly profile: Profile;
}

function stepEdge({ topology, profile }: Rules, edge: TopologyEdge, u: readonly bigint[]): EdgeStep {
  const du = u[edge.i - 1]! - u[edge.j - 1]!;
  let m = du < 0n ? -du : du;
  const radii = [edge.causal_radius ?? 0, edge.c, topology.causal_radius];
  const clamp = BigInt(radii.find((r) => r > 0) ?? 0);
  const radius = clamp > 0n && m > clamp;
  if (radius) m = clamp;
  let raw = (BigInt(edge.k) * m) / BigInt(topology.SC);
  const ceiling = profile.epsilon_cap === null ? null : BigInt(profile.epsilon_cap);
  const epsilon = ceiling !== null && raw > ceiling;
  if (epsilon) raw = ceiling;
  const cap = least([BigInt(edge.cap), BigInt(topology.max_edge_cap ?? edge.cap)]);
  const size = least([raw, cap, m]);
  return { edge, du, raw, cap, f_e: du < 0n ? -size : size, radius, epsilon };
}

/** The tick-ledger record. */
export function ledgerRecord(topology: Topology, step: TickStep): Exact {
  const radius = step.edges.some((e) => e.radius);
  const epsilon = step.edges.some((e) => e.epsilon);
  const notes: string[] = [];
  if (radius) notes.push('causal_radius_clamped');
  if (epsilon) notes.push('epsilon_cap_applied');
  return {
    tick: BigInt(step.tick),
    sum_pre_u: total(step.pre_u),
    sum_post_u: total(step.post_u),
    z_check: total(step.pre_u),
    pre_u: step.pre_u,
    edges: step.edges.map(({ edge, du, raw, cap, f_e }) => ({
      e_id: BigInt(edge.e_id),
      i: BigInt(edge.i),
      j: BigInt(edge.j),
      du,
      raw,
      cap,
      f_e,
    })),
    post_u: step.post_u,
    nap_ref: topology.nap_ref,
    causal_radius_applied: radius,
    epsilon_applied: epsilon,
    policy_notes: notes,
  };
}

/** Plain sum. */
export function total(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

function least(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}
