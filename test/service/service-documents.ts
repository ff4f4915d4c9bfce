import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TOPOLOGY = `gid: RING
profile: P
N: 5
SC: 32
edges:
  - { e_id: 1, i: 1, j: 2, k: 6, cap: 32 }
  - { e_id: 2, i: 2, j: 3, k: 6, cap: 32 }
  - { e_id: 3, i: 3, j: 4, k: 6, cap: 32 }
  - { e_id: 4, i: 4, j: 5, k: 6, cap: 32 }
  - { e_id: 5, i: 5, j: 1, k: 6, cap: 32 }
`;

const PROFILE = `name: CMP-0
modulus_M: 1000000007
C0: 1234567
SC: 32
I_block_spacing_W: 8
`;

/** The manifest of the service tests; its comments must be kept by edits. */
export const MANIFEST = `# What the tests of the service run.
v: 1
kind: BatchManifest
name: service-tests
defaults:
  v: 1
  profile_path: profile.yaml
  topology_path: ring.yaml
  gid: RING
  initial_state: [50, 0, 0, 0, 0]
  logging: { enabled: true, level: info }

scenarios:
  # The small one.
  - id: quick
    name: Quick ring   # shown in lists
    description: A ring for a few ticks.
    tags: [tiny-ones, ring]   # to select by
    pillars: [umx, loom]
    runtime_hint: tiny
    run:
      run_id: quick
      ticks: 24   # three windows
      windows: { every: 8, apx_name: QUICK }

  - id: endless
    name: A run that only a stop ends
    description: Long enough to be watched.
    tags: [long]
    run:
      run_id: endless
      ticks: 200000000
      windows:
        - { window_id: ALL, apx_name: ALL, start_tick: 1, end_tick: 200000000 }
      primary_window_id: ALL
      logging: { enabled: true, include_ticks: false }
    retain: compact

  - id: chatty
    tags: [long]
    run:
      run_id: chatty
      ticks: 100000000
      windows:
        - { window_id: ALL, apx_name: ALL, start_tick: 1, end_tick: 100000000 }
      primary_window_id: ALL
    retain: compact

  - id: faulty
    description: Leaves the range of values.
    expect: { fault: DIAGNOSTICS_VIOLATION }
    run:
      run_id: faulty
      ticks: 8
      initial_state: [1000, 0, 0, 0, 0]
      windows: { every: 8, apx_name: FAULTY }
      diagnostics: { overflow_limit: 10, kill_on_violation: true }

  - id: governed
    description: Has governance of its own.
    run:
      run_id: governed
      ticks: 16
      windows: { every: 8, apx_name: GOVERNED }
      enable_codex: true
      governance:
        governance_mode: OBSERVE
        budget_policies: [{ policy_id: own, max_actions_per_window: 9 }]

  - id: sweep
    matrix: { ticks: [8, 16] }
    run:
      run_id: sweep
      ticks: 8
      windows: { every: 8, apx_name: SWEEP }
`;

/** Writes the documents into a directory and returns the manifest's path. */
export function writeDocuments(directory: string, manifest = MANIFEST): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'ring.yaml'), TOPOLOGY);
  writeFileSync(join(directory, 'profile.yaml'), PROFILE);
  const path = join(directory, 'manifest.yaml');
  writeFileSync(path, manifest);
  return path;
}
