import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { writeDocuments } from '../service/service-documents.js';
import { openDashboard, type OpenPage, type PageOptions } from './browser.js';

/** The tick of the spike, and the number of ticks. */
export const SPIKE = { tick: 12_345, ticks: 20_000, least: 120, most: 1_000_120 } as const;

const MANIFEST = `v: 1
kind: BatchManifest
name: thinning
defaults: { v: 1, profile_path: profile.yaml }
scenarios:
  - id: large
    run:
      run_id: large
      gid: LARGE
      topology_path: large.yaml
      ticks: 300
      initial_state: [${impulses().join(', ')}]
      windows: { every: 300, apx_name: LARGE }
  - id: other
    run:
      run_id: other
      gid: LARGE
      topology_path: other.yaml
      ticks: 8
      initial_state: [${ramp().join(', ')}]
      windows: { every: 8, apx_name: OTHER }
  - id: spike
    run:
      run_id: spike
      gid: RING
      topology_path: ring.yaml
      ticks: ${String(SPIKE.ticks)}
      initial_state: [120, 0, 0, 0, 0]
      windows: { every: 1000, apx_name: SPIKE }
      enable_pfna: true
      pfna_path: spike.yaml
`;

const PFNA = `v: 0
pfna_id: spike
gid: RING
run_id: spike
nid: test
entries:
  - { pfna_id: up, tick: ${String(SPIKE.tick)}, values: [0, 0, 1000000, 0, 0] }
  - { pfna_id: down, tick: ${String(SPIKE.tick + 1)}, values: [0, 0, -1000000, 0, 0] }
`;

/** 400 nodes, all but three with constant state. */
function impulses(): readonly number[] {
  const state = Array.from({ length: 400 }, () => 0);
  [state[0], state[210], state[399]] = [50_000, -10_000, 20_000];
  return state;
}

/** 400 nodes, each with a state that differs from its neighbours. */
function ramp(): readonly number[] {
  return Array.from({ length: 400 }, (_, n) => 100 * (n + 1));
}

function line(nodes: number, k = 6): string {
  const edges = Array.from(
    { length: nodes - 1 },
    (_, n) =>
      `  - { e_id: ${String(n + 1)}, i: ${String(n + 1)}, j: ${String(n + 2)}, k: ${String(k)}, cap: 32 }`,
  );
  return `gid: LARGE\nprofile: P\nN: ${String(nodes)}\nSC: 32\nedges:\n${edges.join('\n')}\n`;
}

/** The dashboard with runs too large to be shown value by value. */
export function openLarge(t: Test, options: PageOptions = {}): Promise<OpenPage> {
  return openDashboard(t, {
    ...options,
    write: (directory) => {
      writeDocuments(directory, MANIFEST);
      writeFileSync(join(directory, 'large.yaml'), line(400));
      writeFileSync(join(directory, 'other.yaml'), line(400, 5));
      writeFileSync(join(directory, 'spike.yaml'), PFNA);
    },
  });
}
