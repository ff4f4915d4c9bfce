import { Derived } from '../../base/derived.js';
import { MAX_INT, mulDivFloor } from '../../base/integers.js';
import { EngineFault, intRangeFault } from '../fault.js';
import type { Profile, Topology } from '../inputs.js';
import { exactSum, fromBig } from './exact-sum.js';

/**
 * The UMX substrate: one topology and one integer state vector, stepped tick by tick (engine contract,
 * section 3). After `step`, the arrays show that tick until the next `begin`. All values are exact integers
 * in doubles.
 */
export class UmxKernel {
  /** State before and after the tick; length N, index node_id - 1. */
  pre_u = new Float64Array(0);
  post_u = new Float64Array(0);
  /** Per edge, index e_id - 1: signed difference, uncapped magnitude, signed flux. */
  du = new Float64Array(0);
  raw = new Float64Array(0);
  f_e = new Float64Array(0);
  /** Effective cap per edge: min(edge cap, topology max_edge_cap). */
  cap = new Float64Array(0);
  sum_u = 0;
  /** Sum of |f_e| of the tick; a bigint only above 2^53-1. */
  sum_abs_flux: number | bigint = 0;
  causal_radius_applied = false;
  epsilon_applied = false;

  #i = new Int32Array(0);
  #j = new Int32Array(0);
  #k = new Float64Array(0);
  #radius = new Float64Array(0);
  #net = new Float64Array(0);
  readonly #SC: number;
  readonly #epsilon: number;

  constructor(topology: Topology, profile: Profile, state: ArrayLike<number>) {
    this.#SC = topology.SC;
    this.#epsilon = profile.epsilon_cap ?? Infinity;
    this.reshape(topology);
    // Adding 0 turns a negative zero into zero.
    for (let n = 0; n < topology.N; n++) this.post_u[n] = state[n]! + 0;
  }

  get nodes(): number {
    return this.post_u.length;
  }

  get edges(): number {
    return this.f_e.length;
  }

  /**
   * Continues on another graph of the same scale (section 13): the state is truncated or extended with zeros
   * to its N. Call between two ticks.
   */
  reshape(topology: Topology): void {
    if (topology.N !== this.nodes) {
      const state = this.post_u;
      this.post_u = new Float64Array(topology.N);
      this.post_u.set(state.subarray(0, topology.N));
      this.pre_u = new Float64Array(topology.N);
      this.#net = new Float64Array(topology.N);
    }
    const edges = columns.of(topology);
    if (edges.cap.length !== this.edges) {
      this.du = new Float64Array(edges.cap.length);
      this.raw = new Float64Array(edges.cap.length);
      this.f_e = new Float64Array(edges.cap.length);
    }
    this.cap = edges.cap;
    this.#i = edges.i;
    this.#j = edges.j;
    this.#k = edges.k;
    this.#radius = edges.radius;
  }

  /**
   * Makes the result of the last tick the new pre_u and adds the external values of `inputs`, each of length
   * N.
   */
  begin(tick: number, inputs: readonly (readonly number[])[]): void {
    this.pre_u.set(this.post_u);
    if (inputs.length > 0) addInputs(this.pre_u, inputs, tick);
  }

  /** Adds values to the state before the first tick (PFNA entries of tick 0). */
  adjustInitial(inputs: readonly (readonly number[])[]): void {
    addInputs(this.post_u, inputs, 0);
  }

  /**
   * Runs the tick on pre_u.
   * @throws EngineFault INT_RANGE when du, raw, a node or a sum cannot be stored.
   */
  step(tick: number): void {
    this.#flux(tick);
    this.#apply(tick);
    const before = exactSum(this.pre_u);
    const after = exactSum(this.post_u);
    if (typeof before === 'bigint') throw intRangeFault(tick, 'sum_pre_u', 'the value');
    if (before !== after) {
      throw new EngineFault('CONSERVATION_BROKEN', tick, 'z_check', `sum changed from ${before} to ${after}`);
    }
    this.sum_u = before;
  }

  #flux(tick: number): void {
    const { pre_u, du, raw, f_e, cap } = this;
    const i = this.#i;
    const j = this.#j;
    const k = this.#k;
    const radius = this.#radius;
    const SC = this.#SC;
    const epsilon = this.#epsilon;
    let clamped = false;
    let capped = false;
    let total = 0;
    for (let e = 0; e < du.length; e++) {
      const d = pre_u[i[e]!]! - pre_u[j[e]!]!;
      let m = d < 0 ? -d : d;
      if (m > MAX_INT) throw intRangeFault(tick, `edge ${e + 1}`, 'du');
      const r = radius[e]!;
      if (r > 0 && m > r) {
        m = r;
        clamped = true;
      }
      const product = k[e]! * m;
      // A safe product divides exactly: the quotient is at least 1/SC away from the next integer, more than half an ulp.
      let w = product <= MAX_INT ? Math.floor(product / SC) : mulDivFloor(k[e]!, m, SC);
      if (w > epsilon) {
        w = epsilon;
        capped = true;
      }
      if (w > MAX_INT) throw intRangeFault(tick, `edge ${e + 1}`, 'raw');
      let f = w < cap[e]! ? w : cap[e]!;
      if (m < f) f = m;
      total += f;
      du[e] = d;
      raw[e] = w;
      f_e[e] = d < 0 ? 0 - f : f;
    }
    this.sum_abs_flux = total;
    this.causal_radius_applied = clamped;
    this.epsilon_applied = capped;
  }

  #apply(tick: number): void {
    if ((this.sum_abs_flux as number) > MAX_INT) {
      this.#applyBig(tick);
      return;
    }
    const { pre_u, post_u, f_e } = this;
    const net = this.#net.fill(0);
    const i = this.#i;
    const j = this.#j;
    for (let e = 0; e < f_e.length; e++) {
      const f = f_e[e]!;
      net[i[e]!]! -= f;
      net[j[e]!]! += f;
    }
    for (let n = 0; n < post_u.length; n++) {
      const v = pre_u[n]! + net[n]!;
      if (v > MAX_INT || v < -MAX_INT) throw intRangeFault(tick, `node ${n + 1}`, 'post_u');
      post_u[n] = v;
    }
  }

  /** The same sums, for partial results that exceed the double range. */
  #applyBig(tick: number): void {
    const next = Array.from(this.pre_u, BigInt);
    let total = 0n;
    for (let e = 0; e < this.f_e.length; e++) {
      const f = BigInt(this.f_e[e]!);
      next[this.#i[e]!]! -= f;
      next[this.#j[e]!]! += f;
      total += f < 0n ? -f : f;
    }
    this.sum_abs_flux = fromBig(total);
    for (let n = 0; n < next.length; n++) {
      const v = fromBig(next[n]!);
      if (typeof v === 'bigint') throw intRangeFault(tick, `node ${n + 1}`, 'post_u');
      this.post_u[n] = v;
    }
  }
}

/** True for a graph whose derived values are small enough to cache. */
export function isSmallGraph({ N, edges }: Topology): boolean {
  return N + edges.length <= 4096;
}

/** Read-only, so that runs on one graph share them. */
const columns = new Derived(edgeColumns, isSmallGraph);

/** The edge fields that a tick reads, one array per field; index e_id - 1. */
function edgeColumns({ edges, max_edge_cap, causal_radius }: Topology) {
  return {
    i: Int32Array.from(edges, (e) => e.i - 1),
    j: Int32Array.from(edges, (e) => e.j - 1),
    k: Float64Array.from(edges, (e) => e.k),
    cap: Float64Array.from(edges, (e) => Math.min(e.cap, max_edge_cap ?? Infinity)),
    radius: Float64Array.from(edges, (e) => firstPositive(e.causal_radius, e.c, causal_radius)),
  };
}

function firstPositive(...candidates: (number | null)[]): number {
  return candidates.find((c) => c !== null && c > 0) ?? 0;
}

function addInputs(state: Float64Array, inputs: readonly (readonly number[])[], tick: number): void {
  for (let n = 0; n < state.length; n++) {
    let sum = state[n]!;
    let magnitude = Math.abs(sum);
    for (const values of inputs) {
      sum += values[n]!;
      magnitude += Math.abs(values[n]!);
    }
    if (magnitude > MAX_INT) {
      const exact = fromBig(inputs.reduce((acc, values) => acc + BigInt(values[n]!), BigInt(state[n]!)));
      if (typeof exact === 'bigint') throw intRangeFault(tick, `node ${n + 1}`, 'pre_u');
      sum = exact;
    }
    state[n] = sum;
  }
}
