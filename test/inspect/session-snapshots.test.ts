/**
 * Session snapshots: stored runs are exported as snapshots and compared with them. The snapshots of the
 * reference engine are beside the measured vectors, outside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Json } from '../../lib/base/canonical-json.js';
import { loadRunConfigFile, parseOverride } from '../../lib/config/index.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import type { RunView } from '../../lib/inspect/index.js';
import { compareSession } from '../../lib/inspect/session/compare-session.js';
import { sessionPieces } from '../../lib/inspect/session/session-export.js';
import { nodeDocumentFiles } from '../../lib/platform/document-files.js';
import { MemoryStore } from '../../lib/store/index.js';
import { REPO } from '../config/repo.js';
import { toyRun } from '../engine/toy-run.js';
import { keepRun, mustOpen } from './sample-store.js';

type Mutable = { [key: string]: Mutable } & { [index: number]: Mutable };

const REFERENCE = join(
  process.env['AETHER_VECTORS'] ?? join(REPO, '../shared/vectors'),
  '../reference-engine',
);
const skip = existsSync(REFERENCE) ? false : 'no snapshots of the reference engine beside the vectors';

async function exported(view: RunView): Promise<Mutable> {
  const pieces: string[] = [];
  for await (const piece of sessionPieces(view)) pieces.push(piece);
  return JSON.parse(pieces.join('')) as Mutable;
}

function governed(): RunInputs {
  return toyRun({
    state: [40, 0, 3],
    edges: [
      { i: 1, j: 2, k: 9 },
      { i: 2, j: 3, k: 9 },
    ],
    pfna: { 0: [[1, 1, 1]], 2: [[5, 0, -2]] },
    run: { ticks: 6, enable_codex: true },
    profile: { I_block_spacing_W: 3 },
    governance: {
      governance_mode: 'ENFORCE',
      codex_action_mode: 'GOVERNED_APPLY',
      budget_policies: [
        {
          policy_id: 'b',
          max_actions_per_window: 1,
          max_proposals_per_window: null,
          max_topology_changes: null,
          notes: '',
        },
      ],
    },
  });
}

void t.test(
  'a stored run agrees with its snapshot, full and compact, with and without session',
  async (t) => {
    const store = new MemoryStore();
    await keepRun(store, governed(), { id: 'full-1', name: 'full' });
    await keepRun(store, governed(), { id: 'compact-1', name: 'compact', retain: 'compact' });
    const full = await mustOpen(store, 'full');
    const snapshot = await exported(full);
    t.same(await exported(await mustOpen(store, 'compact')), snapshot, 'the compact run gives the same');
    t.same(Object.keys(snapshot), ['config', 'lifecycle_envelopes', 'tick_result']);
    t.same(Object.keys(snapshot['tick_result']!), [
      'run_id',
      'ledgers',
      'p_blocks',
      'i_blocks',
      'manifests',
      'scenes',
      'envelopes',
      'governance_envelopes',
      'u_ledger_entries',
      'codex_motifs',
      'codex_proposals',
      'codex_actions',
      'ingress_envelopes',
      'egress_envelopes',
      'governance_budget_usage',
    ]);
    t.match(await compareSession(full, snapshot), {
      equal: true,
      first: null,
      compared: { ledgers: 6, i_blocks: 2 },
    });
    t.match(await compareSession(full, { session: snapshot }), { equal: true });
    t.match(await compareSession(full, snapshot['tick_result']), { equal: true });
  },
);

void t.test('the first difference is reported by tick, section and field', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, governed(), { id: 'run-1', name: 'run' });
  const view = await mustOpen(store, 'run');
  const cases: readonly [(snapshot: Mutable) => void, object][] = [
    [
      (s) => void (s['tick_result']!['ledgers']![3]!['post_u']![1] = 7 as unknown as Mutable),
      { tick: 4, section: 'ledgers', artefact: 'umx_ledger', pointer: '/post_u/1', snapshot: 7 },
    ],
    [
      (s) => {
        s['tick_result']!['u_ledger_entries']![5]!['window_id'] = 'x' as unknown as Mutable;
        s['tick_result']!['scenes']![2]!['C_t'] = 1 as unknown as Mutable;
      },
      { tick: 3, section: 'scenes', pointer: '/C_t', snapshot: 1 },
    ],
    [
      (s) => void (s['tick_result']!['ledgers'] as unknown as Json[]).pop(),
      { tick: 6, section: 'ledgers', pointer: '' },
    ],
    [
      (s) => void (s['tick_result']!['p_blocks'] as unknown as Json[]).push({ tick: 7 }),
      { tick: 7, section: 'p_blocks', snapshot: { tick: 7 } },
    ],
    [
      (s) => void (s['config']!['total_ticks'] = 5 as unknown as Mutable),
      { tick: null, section: 'config', pointer: '/total_ticks', snapshot: 5, run: 6 },
    ],
    [
      (s) => void (s['tick_result']!['governance_budget_usage']!['proposals_seen'] = 0 as unknown as Mutable),
      { section: 'governance_budget_usage', pointer: '/proposals_seen', snapshot: 0 },
    ],
    [
      (s) => void (s['tick_result']!['surprise'] = 1 as unknown as Mutable),
      { section: 'surprise', snapshot: 1 },
    ],
    [(s) => void (s['tick_result']!['manifests'] = {} as Mutable), { section: 'manifests' }],
    [
      (s) => void (s['tick_result']!['run_id'] = 'other' as unknown as Mutable),
      { section: 'run_id', snapshot: 'other' },
    ],
  ];
  for (const [change, first] of cases) {
    const snapshot = await exported(view);
    change(snapshot);
    const comparison = await compareSession(view, snapshot);
    t.equal(comparison.equal, false, change.toString());
    t.match(comparison.first, first);
  }
  for (const rubbish of [null, [], 3, 'text', {}, { tick_result: null }]) {
    t.match(await compareSession(view, rubbish), { equal: false }, JSON.stringify(rubbish));
  }
});

void t.test('an incomplete run is not exported as a session', async (t) => {
  const store = new MemoryStore();
  await keepRun(store, governed(), { id: 'cut-1', name: 'cut', stop_after: 2 });
  await t.rejects(exported(await mustOpen(store, 'cut')), { code: 'EXPORT_INCOMPLETE' });
});

void t.test('the shipped scenarios of the reference engine equal its snapshots', { skip }, async (t) => {
  const accounting = parseOverride('profile.press_defaults.accounting=varint-v1');
  if (!accounting.ok) throw new Error(JSON.stringify(accounting.problems));
  for (const [config, file] of [
    ['line_4_run_config', 'line_4_run_snapshot'],
    ['ring_5_run_config', 'ring_5_run_snapshot'],
    ['gov_codex_demo_run_config', 'gov_codex_demo_run_snapshot'],
  ] as const) {
    const loaded = loadRunConfigFile(join(REFERENCE, 'configs', `${config}.json`), nodeDocumentFiles);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const inputs = loaded.value.resolve([accounting.value]);
    if (!inputs.ok) throw new Error(JSON.stringify(inputs.problems));
    const store = new MemoryStore();
    await keepRun(store, inputs.value, { id: 'reference-1', name: 'reference' });
    const view = await mustOpen(store, 'reference');
    const snapshot = JSON.parse(
      readFileSync(join(REFERENCE, 'snapshots', `${file}.json`), 'utf8'),
    ) as Mutable;
    t.match(await compareSession(view, snapshot), { equal: true, first: null }, file);
    t.same(await exported(view), snapshot, `${file}: the export equals the snapshot`);
  }
});
