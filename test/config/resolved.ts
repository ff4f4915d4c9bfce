import type { RunInputs } from '../../lib/engine/inputs.js';
import { loadRunConfigFile, type Override } from '../../lib/config/index.js';
import { memoryFiles } from './memory-files.js';
import { SAMPLES } from './sample-documents.js';

/** Resolves the sample run, with other texts for some documents; throws with the problems when it does not. */
export function resolved(
  texts: Readonly<Record<string, string>> = {},
  overrides: readonly Override[] = [],
): RunInputs {
  const loaded = loadRunConfigFile('r.yaml', memoryFiles({ ...SAMPLES, ...texts }));
  const result = loaded.ok ? loaded.value.resolve(overrides) : loaded;
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** A run that says no more than it must. */
export const MINIMAL = `v: 1
gid: G
run_id: r
topology_path: t.yaml
profile_path: p.yaml
ticks: 10
initial_state: [1, -2]
windows: {every: 4, apx_name: X}
`;
