import type { RunInputs } from '../../lib/engine/inputs.js';
import { loadRunConfigFile, type Override } from '../../lib/config/index.js';
import { memoryFiles } from './memory-files.js';
import { SAMPLES } from './sample-documents.js';

/** Resolves the sample run with replaced texts of some documents; throws with the problems if they are invalid. */
export function resolved(
  texts: Readonly<Record<string, string>> = {},
  overrides: readonly Override[] = [],
): RunInputs {
  const loaded = loadRunConfigFile('r.yaml', memoryFiles({ ...SAMPLES, ...texts }));
  const result = loaded.ok ? loaded.value.resolve(overrides) : loaded;
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** A run with only required fields. */
export const MINIMAL = `v: 1
gid: G
run_id: r
topology_path: t.yaml
profile_path: p.yaml
ticks: 10
initial_state: [1, -2]
windows: {every: 4, apx_name: X}
`;
