import { loadManifests, type ScenarioRegistry } from '../../lib/config/index.js';
import { resolve } from 'node:path';
import type { DocumentFiles, EntryKind } from '../../lib/base/ports.js';

/** Documents in memory, by path. */
function memoryFiles(texts: Readonly<Record<string, string>>): DocumentFiles {
  const bytes = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  const of = (path: string): Buffer => {
    const found = bytes.get(path);
    if (found === undefined) throw Object.assign(new Error(`no file ${path}`), { code: 'ENOENT' });
    return found;
  };
  const kind = (path: string): EntryKind => (bytes.has(path) ? 'file' : 'missing');
  return {
    kind,
    entry: kind,
    realPath: (path) => resolve(path),
    size: (path) => of(path).length,
    read: of,
  };
}

export const TOPOLOGY = `
gid: PAIR
profile: CMP-0
N: 2
SC: 32
edges: [{e_id: 1, i: 1, j: 2, k: 1, cap: 100}]
`;

export const PROFILE = `
name: CMP-0
modulus_M: 1000000007
SC: 32
I_block_spacing_W: 8
C0: 1234567
s_t_rule: {mode: prime_weighted}
`;

/** On one line, so that it can be inserted anywhere in a manifest. */
export const RUN = [
  '{v: 1, gid: PAIR, run_id: R, topology_path: pair.yaml, profile_path: cmp-0.yaml, ticks: 4',
  'initial_state: [64, 0], windows: {every: 8, apx_name: A}, enable_codex: false, enable_pfna: false',
  'metrics: {enabled: true}}',
].join(', ');

/** A manifest with these scenarios, given as the YAML list below \`scenarios\`. */
export function manifest(scenarios: string): string {
  return `v: 1\nkind: BatchManifest\nscenarios:\n${scenarios}`;
}

/** Loads one manifest with the documents it needs. */
export function registryOf(
  scenarios: string,
  documents: Readonly<Record<string, string>> = {},
): ScenarioRegistry {
  const files = memoryFiles({
    'pair.yaml': TOPOLOGY,
    'cmp-0.yaml': PROFILE,
    'cmp-1.yaml': PROFILE.replace('CMP-0', 'CMP-1'),
    'm.yaml': manifest(scenarios),
    ...documents,
  });
  const loaded = loadManifests(['m.yaml'], files);
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => problem.message).join('\n'));
  return loaded.value;
}
