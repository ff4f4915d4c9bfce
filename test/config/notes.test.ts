import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import {
  DOCUMENT_SCHEMAS,
  loadManifests,
  parseOverride,
  validateFile,
  type ScenarioRegistry,
} from '../../lib/config/index.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { inputKey, type InputKey } from '../../lib/session/input-key.js';
import { memoryFiles } from './memory-files.js';
import { REPO } from './repo.js';

const TOPOLOGY = 'gid: G\nprofile: CMP-0\nN: 2\nSC: 32\nedges: [{e_id: 1, i: 1, j: 2, k: 1, cap: 8}]\n';
const PROFILE = 'name: CMP-0\nmodulus_M: 101\nC0: 7\nSC: 32\nI_block_spacing_W: 8\n';
const PFNA =
  'v: 0\npfna_id: P\ngid: G\nrun_id: R\nnid: N\nentries: [{pfna_id: e, tick: 1, values: [1, 2]}]\n';
const RUN = `v: 1
gid: G
run_id: R
topology_path: t.yaml
profile_path: p.yaml
pfna_path: pfna.yaml
enable_pfna: true
ticks: 4
initial_state: [1, 2]
windows: {every: 4, apx_name: A}
`;
const REGISTRY = 'v: 1\nscenarios: [{scenario_id: one, run_config_path: run.yaml}]\n';
const MANIFEST = 'v: 1\nkind: BatchManifest\nscenarios: [{id: one, run_config: run.yaml}]\n';
const GOVERNANCE = 'governance_mode: OBSERVE\n';

const SLP = 'v: 1\ngid: G\nevents: []\n';
const AEON = 'v: 1\nbase_windows: {a: {window_id: a, tick_start: 1, tick_end: 4}}\n';
const PROJECT = "v: 1\nkind: Project\nmanifests: ['m.yaml']\n";

const DOCUMENTS: Readonly<Record<string, string>> = {
  't.yaml': TOPOLOGY,
  'p.yaml': PROFILE,
  'pfna.yaml': PFNA,
  'run.yaml': RUN,
  'registry.yaml': REGISTRY,
  'm.yaml': MANIFEST,
  'governance.yaml': GOVERNANCE,
  'slp.yaml': SLP,
  'aeon.yaml': AEON,
  'project.yaml': PROJECT,
};
const SCHEMA_KEY = '$schema: "https://example.org/some.schema.json"\n';

function keyOf(files: Readonly<Record<string, string>>, manifest: string): InputKey {
  const loaded = loadManifests([manifest], memoryFiles(files));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const [scenario] = loaded.value.scenarios;
  const resolved = loaded.value.resolve(scenario!.id);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return inputKey(resolved.value);
}

void t.test('every document may have $schema', (t) => {
  const kinds = new Set<string>();
  for (const [file, text] of Object.entries(DOCUMENTS)) {
    const { kind, problems } = validateFile(
      file,
      memoryFiles({ ...DOCUMENTS, [file]: `${SCHEMA_KEY}${text}` }),
    );
    t.same(problems, [], file);
    kinds.add(kind ?? 'unknown');
  }
  t.same([...kinds].sort(), Object.keys(DOCUMENT_SCHEMAS).sort(), 'every kind of document is covered');
  const json = JSON.stringify({ $schema: './governance.schema.json', governance_mode: 'OFF' });
  t.same(validateFile('g.json', memoryFiles({ 'g.json': json })).problems, [], 'JSON too');
  t.end();
});

void t.test('notes for readers and editors are not part of the input key', (t) => {
  const noted = Object.fromEntries(
    Object.entries(DOCUMENTS).map(([file, text]) => [file, `${SCHEMA_KEY}${text}`]),
  );
  const plain = keyOf(DOCUMENTS, 'm.yaml');
  t.same(keyOf(noted, 'm.yaml'), plain, '$schema');
  t.same(keyOf(noted, 'registry.yaml'), plain, '$schema of a registry');
  const described = `${PROFILE}flux_rule: {type: a, du_formula: b, any: {thing: 1.5}}
chain_rule: {type: a, update: C_t = whatever, constants: {a: 17, b: 23}}
s_t_rule: {type: a, description: 9 for all ticks, gf01_constant: 9}
press_defaults: {gf01_streams: [S1_post_u_deltas, S2_fluxes]}
`;
  t.same(keyOf({ ...DOCUMENTS, 'p.yaml': described }, 'm.yaml'), plain, 'descriptive keys of a profile');
  t.end();
});

const vectors = process.env['AETHER_VECTORS'] ?? join(REPO, '../shared/vectors');
const engine = join(dirname(vectors), 'reference-engine');
const skip = existsSync(engine) ? false : 'no folder of the reference engine beside that of the vectors';

void t.test('the documents of the reference engine load unmodified', { skip }, (t) => {
  const manifest = join(engine, 'scenarios/scenario_registry.json');
  const loaded = loadManifests([manifest], nodeDocumentFiles);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const registry: ScenarioRegistry = loaded.value;
  const accounting = parseOverride('profile.press_defaults.accounting=varint-v1');
  t.ok(accounting.ok);
  t.ok(registry.scenarios.length > 0);
  for (const { id } of registry.scenarios) {
    t.ok(registry.resolve(id).ok, id);
    t.ok(accounting.ok && registry.resolve(id, [accounting.value]).ok, `${id} with an override`);
  }
  for (const folder of ['configs', 'profiles', 'topologies', 'pfna'])
    for (const name of readdirSync(join(engine, folder)))
      t.same(validateFile(join(engine, folder, name), nodeDocumentFiles).problems, [], `${folder}/${name}`);
  t.end();
});
