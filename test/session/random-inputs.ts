import {
  ACCOUNTINGS,
  SCHEMES,
  type Profile,
  type RunInputs,
  type STRule,
  type Topology,
} from '../../lib/engine/inputs.js';
import type { Draw } from './draw.js';
import { randomGovernance } from './random-governance.js';
import { randomPfna, randomRun } from './random-run.js';

const MAX = Number.MAX_SAFE_INTEGER;

/** Magnitude of the numbers of a run. */
export interface Reach {
  /** Bound of |u| in the initial state and the PFNA entries. */
  readonly state: number;
  /** Bound of k, radii, caps and s_t parameters. */
  readonly rule: number;
  /** Every edge moves the maximum, so that sums of fluxes exceed their terms. */
  readonly torrent: boolean;
}

/** Mostly small numbers; some runs are at the limit of the storable range and may fault. */
function randomReach(draw: Draw): Reach {
  if (draw.oneIn(7)) return { state: draw.pick([2 ** 49, 2 ** 50, 2 ** 51]), rule: MAX, torrent: true };
  const state = draw.pick([3, 20, 20, 1000, 1e6, 2 ** 31, 2 ** 40, 2 ** 51, MAX]);
  return { state, rule: draw.pick([8, 40, 1000, 2 ** 31, state, state]), torrent: false };
}

/** Legal documents of a small run that use every rule of the contract. */
export function randomInputs(draw: Draw): RunInputs {
  const reach = randomReach(draw);
  const SC = draw.pick([1, 2, 7, 32, 1000, 2 ** 33 + 1, MAX]);
  const topology = randomTopology(draw, reach, SC);
  const profile = randomProfile(draw, reach, SC);
  const run = randomRun(draw, { reach, topology, profile });
  const pfna = run.enable_pfna ? randomPfna(draw, reach, { topology, run }) : null;
  return { topology, profile, run, pfna, governance: randomGovernance(draw, topology.edges.length) };
}

function randomTopology(draw: Draw, { rule, torrent }: Reach, SC: number): Topology {
  const N = draw.int(torrent ? 3 : 1, 6);
  const radius = (): number => draw.wide(1, rule);
  const edge = (at: number): Topology['edges'][number] => {
    const i = draw.int(1, N);
    const j = ((i - 1 + draw.int(1, N - 1)) % N) + 1;
    if (torrent) return { e_id: at + 1, i, j, k: SC, cap: MAX, SC, c: 0, causal_radius: null };
    const k = draw.pick([0, 1, SC, SC, Math.min(SC * 2, MAX), draw.wide(0, rule)]);
    const cap = draw.pick([0, 5, 2147483647, MAX, draw.wide(0, rule)]);
    const c = draw.oneIn(4) ? radius() : 0;
    return { e_id: at + 1, i, j, k, cap, SC, c, causal_radius: draw.rarely(4, radius) };
  };
  return {
    gid: draw.text('G'),
    profile: 'CMP-0',
    N,
    SC,
    nodes: Array.from({ length: N }, (_, at) => ({ node_id: at + 1, label: `n${String(at + 1)}` })),
    edges: N === 1 ? [] : draw.list(torrent ? 4 : 0, 8, edge),
    causal_radius: draw.rarely(4, radius) ?? 0,
    max_edge_cap: draw.rarely(4, radius),
    topology_version: draw.text('v1'),
    nap_ref: draw.oneIn(3) ? draw.text('ref') : '',
  };
}

function randomProfile(draw: Draw, reach: Reach, SC: number): Profile {
  const modulus_M = draw.pick([
    1,
    2,
    97,
    1000000007,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 31 + 1,
    2 ** 32,
    MAX,
    draw.wide(1, MAX),
  ]);
  const factor = (usual: number): number => draw.pick([usual, usual, 0, -1, 2 ** 31, MAX, -MAX]);
  return {
    name: draw.text('CMP-9'),
    modulus_M,
    SC,
    I_block_spacing_W: draw.int(1, 5),
    C0: draw.wide(0, modulus_M - 1),
    epsilon_cap: reach.torrent ? null : draw.rarely(3, () => draw.wide(0, reach.rule)),
    chain_a: factor(17),
    chain_b: factor(23),
    s_t_rule: randomRule(draw, reach),
    press_defaults: {
      preferred_schemes: draw.some(SCHEMES),
      accounting: draw.pick(ACCOUNTINGS),
      gr_max_p: draw.pick([0, 1, 4, 4, 30]),
    },
    nap_defaults: { v: 1, layer: 'DATA', mode: 'P' },
  };
}

function randomRule(draw: Draw, { rule }: Reach): STRule {
  const mode = draw.pick(['prime_weighted', 'constant', 'sum_abs_flux'] as const);
  if (mode === 'prime_weighted') return { mode };
  if (mode === 'constant') return { mode, value: draw.wide(-MAX, MAX) };
  return {
    mode,
    offset: draw.pick([0, -7, draw.wide(-rule, rule)]),
    scale: draw.pick([1, 0, -3, draw.wide(-rule, rule)]),
    max_value: draw.rarely(3, () => draw.wide(-rule, rule)),
  };
}
