import type { BrokenCase } from '../broken.js';

export const SCENARIO_REGISTRY_CASES: readonly BrokenCase[] = [
  ['v: 1', 'v: 1.0', ['not-an-integer 1:4 /v']],
  [
    'run_config_path: r.yaml',
    'run_config_path: missing.yaml',
    ['file-missing 7:22 /scenarios/0/run_config_path'],
  ],
  ['    run_config_path: r.yaml\n', '', ['missing-key 3:5 /scenarios/0']],
  ['scenario_id: one', 'scenario_id: 1', ['wrong-type 3:18 /scenarios/0/scenario_id']],
  ['pillars: [umx]', 'pillars: umx', ['wrong-type 5:14 /scenarios/0/pillars']],
  ['v: 1\nscenarios:', 'v: 1\nname: reg\nscenarios:', ['unknown-key 2:1 /name']],
];
