import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../../lib/base/canonical-json.js';

/** A directory for one benchmark, removed by `done`. */
export function workDirectory(): { readonly path: string; done(): void } {
  const path = mkdtempSync(join(tmpdir(), 'aether-bench-'));
  return {
    path,
    done: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Edges of a side x side grid: 2 * side * (side - 1). */
export function gridEdges(side: number): number {
  return 2 * side * (side - 1);
}

/** Writes a grid topology, a profile and a manifest; returns the manifest's path. */
export function writeGridManifest(
  directory: string,
  options: {
    readonly side: number;
    readonly ticks: readonly number[];
    readonly seeds?: number;
    readonly retain?: string;
    /** Values of a second node of the initial state. */
    readonly more?: number;
  },
): string {
  const { side, ticks, seeds = 1, more = 1, retain = 'full' } = options;
  mkdirSync(directory, { recursive: true });
  const edges: object[] = [];
  for (let node = 1; node <= side * side; node++) {
    if (node % side !== 0) edges.push(edge(edges.length + 1, node, node + 1));
    if (node <= side * (side - 1)) edges.push(edge(edges.length + 1, node, node + side));
  }
  write(directory, 'topology.json', {
    gid: 'GRID',
    profile: 'CMP-0',
    N: side * side,
    SC: 32,
    nodes: nodes(side),
    edges,
    meta: {},
  });
  write(directory, 'profile.json', PROFILE);
  const state = Array.from({ length: side * side }, (_, n) => (n * 7919) % 1000);
  const scenario = {
    id: 'grid',
    name: 'Grid',
    description: 'A grid whose values keep moving.',
    pillars: ['umx', 'loom', 'press', 'gate', 'uledger'],
    retain,
    run: {
      v: 1,
      gid: 'GRID',
      run_id: 'grid',
      topology_path: 'topology.json',
      profile_path: 'profile.json',
      ticks: ticks[0]!,
      initial_state: state,
      windows: { every: 1000, apx_name: 'GRID_APX' },
      enable_codex: false,
      enable_pfna: false,
    },
    matrix: {
      ticks,
      'initial_state[0]': Array.from({ length: seeds }, (_, n) => n),
      ...(more > 1 && { 'initial_state[1]': { range: [1, more] } }),
    },
  };
  write(directory, 'manifest.json', { v: 1, kind: 'BatchManifest', name: 'bench', scenarios: [scenario] });
  return join(directory, 'manifest.json');
}

/** The profile of the benchmarks. */
export const PROFILE = {
  name: 'CMP-0',
  modulus_M: 1_000_000_007,
  C0: 1_234_567,
  SC: 32,
  I_block_spacing_W: 8,
  chain_rule: { constants: { a: 17, b: 23 } },
  s_t_rule: { mode: 'prime_weighted' },
  nap_defaults: { v: 1, layer: 'DATA', mode: 'P' },
  press_defaults: { preferred_schemes: ['R', 'GR', 'ID'] },
};

function nodes(side: number): object[] {
  return Array.from({ length: side * side }, (_, n) => ({ node_id: n + 1, label: `n${n + 1}` }));
}

function edge(e_id: number, i: number, j: number): object {
  return { e_id, i, j, k: 1 + (e_id % 3), cap: 8, SC: 32 };
}

function write(directory: string, name: string, document: object): void {
  writeFileSync(join(directory, name), canonicalJson(document as never));
}
