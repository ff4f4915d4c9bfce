import { PROJECT_FILE } from '../project-file/project-settings.js';

/** A file of the example project. */
export interface ExampleFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The scenario of the example that has a golden. */
export const EXAMPLE_SCENARIO = 'ring';
/** The scenario of the example that is a sweep. */
export const EXAMPLE_SWEEP = 'ring-sweep';
/** Path of the manifest of the example. */
export const EXAMPLE_MANIFEST = 'manifests/example.yaml';

/** The example project without its golden, which the engine computes. Its workflow installs `version`. */
export function exampleProject(version: string): readonly ExampleFile[] {
  return [
    { path: PROJECT_FILE, text: PROJECT },
    { path: 'topologies/ring.yaml', text: TOPOLOGY },
    { path: 'profiles/base.yaml', text: PROFILE },
    { path: EXAMPLE_MANIFEST, text: MANIFEST },
    { path: '.github/workflows/aether.yml', text: EXAMPLE_WORKFLOW.replace('VERSION', version) },
    { path: '.gitignore', text: IGNORED },
  ];
}

const SCHEMAS = '../node_modules/aether-sim/docs/schemas';

const PROJECT = `# Marks the directory of the project, and sets what its commands use. aether config shows it.
v: 1
kind: Project
store: artefacts
manifests: ['manifests/*.yaml']
golden: golden
`;

const TOPOLOGY = `# yaml-language-server: $schema=${SCHEMAS}/topology.schema.json
# Six nodes in a ring; the last edge closes it. k is what an edge lets through of a difference, cap its largest flux.
gid: RING6
profile: CMP-0
N: 6
SC: 32
edges:
  - { e_id: 1, i: 1, j: 2, k: 6, cap: 32 }
  - { e_id: 2, i: 2, j: 3, k: 6, cap: 32 }
  - { e_id: 3, i: 3, j: 4, k: 6, cap: 32 }
  - { e_id: 4, i: 4, j: 5, k: 6, cap: 32 }
  - { e_id: 5, i: 5, j: 6, k: 6, cap: 32 }
  - { e_id: 6, i: 6, j: 1, k: 6, cap: 32 }
`;

const PROFILE = `# yaml-language-server: $schema=${SCHEMAS}/profile.schema.json
# How the chain is computed and how records are compressed.
name: CMP-0
modulus_M: 1000000007
C0: 1234567
SC: 32
I_block_spacing_W: 8
`;

const MANIFEST = `# yaml-language-server: $schema=${SCHEMAS}/batch-manifest.schema.json
v: 1
kind: BatchManifest
name: example
description: An impulse on a ring, and a sweep over its height and the number of ticks.

# Lies under the run of every scenario.
defaults:
  v: 1
  gid: RING6
  run_id: ring
  topology_path: ../topologies/ring.yaml
  profile_path: ../profiles/base.yaml
  initial_state: [240, 0, 0, 0, 0, 0]
  windows: { every: 16, apx_name: RING_APX }

scenarios:
  - id: ${EXAMPLE_SCENARIO}
    description: An impulse levels out.
    golden: true # compared with golden/${EXAMPLE_SCENARIO} by every batch
    run: { ticks: 48 }

  - id: ${EXAMPLE_SWEEP}
    description: How long does it take, depending on the height?
    run: { ticks: 48 }
    matrix:
      'initial_state[0]': { range: [60, 240, 60] }
      ticks: [16, 48]
`;

const IGNORED = `artefacts/
golden/.pending/
report/
`;

/** A GitHub workflow that runs the batch of the example; VERSION is replaced by a version of this package. */
const EXAMPLE_WORKFLOW = `# Runs every scenario and compares the goldens. GitHub sets CI, so goldens are read-only here.
name: aether

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  batch:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm install --global aether-sim@VERSION
      - uses: actions/cache@v4
        with:
          path: artefacts
          key: aether-\${{ hashFiles('aether.yaml', 'manifests/**', 'profiles/**', 'topologies/**') }}
          restore-keys: aether-
      - run: aether validate 'manifests/*.yaml'
      - run: aether-batch --reporter github,junit,html --output report
      - run: aether store gc --keep-last 2
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: report
          path: report
`;
