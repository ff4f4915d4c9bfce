import { join } from 'node:path';
import t from 'tap';
import { loadRunConfigFile, parseOverride } from '../../lib/config/index.js';
import { memoryFiles } from './memory-files.js';
import { MINIMAL, resolved } from './resolved.js';
import { PFNA, PROFILE, RUN, SAMPLES, TOPOLOGY } from './sample-documents.js';

void t.test('a minimal run gets all defaults', (t) => {
  const topology = 'gid: G\nprofile: any\nN: 2\nSC: 32\nedges: [{e_id: 1, i: 1, j: 2, k: 1, cap: 3}]\n';
  const profile = 'name: CMP-9\nmodulus_M: 11\nC0: 1\nSC: 32\nI_block_spacing_W: 4\n';
  const streams = [
    {
      name: 'S1_post_u_deltas',
      source: 'post_u_deltas',
      scheme_hint: null,
      description: 'post_u delta per node',
    },
    { name: 'S2_fluxes', source: 'fluxes', scheme_hint: null, description: 'edge flux per edge' },
  ];
  const window = (index: number, start_tick: number, end_tick: number): object => ({
    window_id: `W${index}_ticks_${start_tick}_${end_tick}`,
    apx_name: `X_ticks_${start_tick}_${end_tick}`,
    start_tick,
    end_tick,
    streams,
    aeon_window_id: null,
  });
  t.strictSame(resolved({ 'r.yaml': MINIMAL, 't.yaml': topology, 'p.yaml': profile }), {
    topology: {
      gid: 'G',
      profile: 'any',
      N: 2,
      SC: 32,
      nodes: [
        { node_id: 1, label: 'n1' },
        { node_id: 2, label: 'n2' },
      ],
      edges: [{ e_id: 1, i: 1, j: 2, k: 1, cap: 3, SC: 32, c: 0, causal_radius: null }],
      causal_radius: 0,
      max_edge_cap: null,
      topology_version: 'v1',
      nap_ref: '',
    },
    profile: {
      name: 'CMP-9',
      modulus_M: 11,
      SC: 32,
      I_block_spacing_W: 4,
      C0: 1,
      epsilon_cap: null,
      chain_a: 17,
      chain_b: 23,
      s_t_rule: { mode: 'constant', value: 9 },
      press_defaults: { preferred_schemes: ['R', 'GR', 'ID'], accounting: 'mdl-v0', gr_max_p: 4 },
      nap_defaults: { v: 1, layer: 'DATA', mode: 'P' },
    },
    run: {
      v: 1,
      gid: 'G',
      run_id: 'r',
      nid: 'G',
      ticks: 10,
      initial_state: [1, -2],
      windows: [window(1, 1, 4), window(2, 5, 8), window(3, 9, 10)],
      primary_window_id: 'W1_ticks_1_4',
      nap: { v: 1, layer: 'DATA', mode: 'P' },
      enable_codex: false,
      enable_pfna: false,
      diagnostics: null,
      logging: {
        enabled: false,
        level: 'info',
        destination: 'memory',
        file_path: null,
        include_ticks: true,
        include_windows: true,
      },
      metrics_enabled: true,
    },
    pfna: null,
    governance: {
      governance_mode: 'OFF',
      codex_action_mode: 'OFF',
      topology_policies: [],
      budget_policies: [],
      safety_policies: [],
      allowed_layers: null,
      max_envelopes_per_tick: null,
    },
  });
  t.end();
});

void t.test('given values override defaults', (t) => {
  const run = RUN.replace(
    '[1, 2]\n',
    '[1, 2]\nnid: N\nnap: {mode: G}\nlogging: {level: WARN, destination: file, file_path: a.log}\n',
  )
    .replace(
      'end_tick: 8}',
      'end_tick: 8, aeon_window_id: era, streams: [{name: s, source: pre_u, scheme_hint: GR, description: ""}]}',
    )
    .replace(
      'governance:',
      'diagnostics: {allow_negative: false, overflow_limit: 9}\nmetrics: {enabled: false}\ngovernance:',
    );
  const profile = PROFILE.replace(
    'press_defaults:',
    'nap_defaults: {v: 3, layer: CTRL, mode: Q}\npress_defaults:',
  );
  const { run: found } = resolved({ 'r.yaml': run, 'p.yaml': profile });
  t.strictSame(found.nap, { v: 3, layer: 'CTRL', mode: 'G' });
  t.match(found.logging, { level: 'warn', destination: 'file', file_path: 'a.log' });
  t.strictSame(found.windows[1]?.streams, [
    { name: 's', source: 'pre_u', scheme_hint: 'GR', description: 's' },
  ]);
  t.equal(found.windows[1]?.aeon_window_id, 'era');
  t.match(found.diagnostics, { allow_negative: false, overflow_limit: 9, check_conservation: false });
  t.match(found, { nid: 'N', metrics_enabled: false });
  t.end();
});

void t.test('null is the same as omission', (t) => {
  const run = `${RUN}diagnostics: null\nlogging: ~\nnap: null\nnid:\n`.replace(
    'governance:\n',
    'governance:\n  meta: null\n  safety_policies: null\n',
  );
  const topology = TOPOLOGY.replace('SC: 32}', 'SC: 32, causal_radius: null, attrs: null}').replace(
    'meta:',
    'max_edge_cap: null\nnap_ref: null\nmeta:',
  );
  const profile = PROFILE.replace(
    'press_defaults:',
    'epsilon_cap: null\ns_t_rule: {mode: null, max_value: null}\npress_defaults:',
  );
  t.strictSame(resolved({ 'r.yaml': run, 't.yaml': topology, 'p.yaml': profile }), resolved());
  t.end();
});

void t.test('a run given in JSON resolves to the same inputs', (t) => {
  const json = JSON.stringify({
    v: 1,
    gid: 'G',
    run_id: 'r',
    topology_path: 't.yaml',
    profile_path: 'p.yaml',
    ticks: 10,
    initial_state: [1, -2],
    windows: { every: 4, apx_name: 'X' },
  });
  const loaded = loadRunConfigFile('r.json', memoryFiles({ ...SAMPLES, 'r.json': json }));
  const fromJson = loaded.ok ? loaded.value.resolve() : loaded;
  t.strictSame(fromJson.ok && fromJson.value, resolved({ 'r.yaml': MINIMAL }));
  t.end();
});

void t.test('paths are relative to the file that contains them', (t) => {
  const files = memoryFiles({
    'runs/deep/r.yaml': RUN.replace('t.yaml', '../../graphs/t.yaml')
      .replace('p.yaml', join(process.cwd(), 'elsewhere/p.yaml'))
      .replace('f.yaml', 'f.yaml'),
    'graphs/t.yaml': TOPOLOGY,
    [join(process.cwd(), 'elsewhere/p.yaml')]: PROFILE,
    [join(process.cwd(), 'aether.yaml')]: '',
    'runs/deep/f.yaml': PFNA,
  });
  const loaded = loadRunConfigFile('runs/deep/r.yaml', files);
  t.ok(loaded.ok && loaded.value.resolve().ok);
  t.end();
});

void t.test('overrides apply to every document', (t) => {
  const overrides = [
    'run.ticks=4',
    'topology.edges[0].k=7',
    'profile.press_defaults.accounting=varint-v1',
    'profile.chain_rule.constants.a=3',
    'pfna.transform.scale=2',
    'governance.budget_policies[0].max_actions_per_window=9',
    'run.windows={every: 2, apx_name: Y}',
    'run.primary_window_id=W2_ticks_3_4',
  ].map((text) => {
    const parsed = parseOverride(text);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.value;
  });
  const inputs = resolved({}, overrides);
  t.equal(inputs.run.ticks, 4);
  t.equal(inputs.topology.edges[0]?.k, 7);
  t.equal(inputs.topology.edges[1]?.k, 4);
  t.equal(inputs.profile.press_defaults.accounting, 'varint-v1');
  t.same(inputs.profile.press_defaults.preferred_schemes, ['R', 'ID'], 'other values are kept');
  t.equal(inputs.profile.chain_a, 3, 'missing maps are created');
  t.same(inputs.pfna?.entries[0]?.values, [2, 4]);
  t.equal(inputs.governance.budget_policies[0]?.max_actions_per_window, 9);
  t.equal(inputs.run.primary_window_id, 'W2_ticks_3_4');
  t.end();
});
