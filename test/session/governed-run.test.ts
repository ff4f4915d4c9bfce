import t from 'tap';
import type { Governance } from '../../lib/engine/inputs.js';
import { plainBudget, toyRun } from '../engine/toy-run.js';
import { collectRun, records } from './collect-run.js';

const ENFORCE = { governance_mode: 'ENFORCE', codex_action_mode: 'GOVERNED_APPLY' } as const;

function run(governance: Partial<Governance>, ticks = 9) {
  return collectRun(
    toyRun({
      SC: 4,
      state: [90, 0, 7],
      edges: [
        { i: 1, j: 2 },
        { i: 3, j: 2 },
      ],
      profile: { I_block_spacing_W: 4 },
      run: { ticks },
      governance,
    }),
  );
}

void t.test('ENFORCE that would drop an envelope faults and keeps every ledger and block', (t) => {
  const free = run(ENFORCE);
  for (const meta of [{ allowed_layers: ['CTRL', 'GOV'] as const }, { max_envelopes_per_tick: 0 }]) {
    for (const ticks of [1, 9]) {
      const { outcome, texts } = run({ ...ENFORCE, ...meta }, ticks);
      t.match(outcome, {
        state: 'faulted',
        ticks_completed: ticks,
        fault: { code: 'GOVERNANCE_ENVELOPE_DROPPED', tick: 1 },
      });
      t.equal(records(texts['umx_ledger']!).length, ticks);
      t.equal(records(texts['loom_p_blocks']!).length, ticks);
      for (const kind of ['umx_ledger', 'loom_p_blocks', 'loom_i_blocks', 'loom_chain']) {
        if (ticks === 9) t.equal(texts[kind], free.texts[kind], kind);
      }
      t.equal(texts['u_ledger'], '');
      t.equal(texts['metrics'], '');
    }
  }
  t.end();
});

void t.test('modes other than ENFORCE only add a note for the same rules', (t) => {
  for (const mode of ['OBSERVE', 'DRY_RUN'] as const) {
    const { outcome, texts } = run({
      governance_mode: mode,
      codex_action_mode: mode,
      max_envelopes_per_tick: 0,
    });
    t.strictSame(outcome, { state: 'completed', ticks_completed: 9 });
    const verdicts = records<{ meta: { event?: string; status?: string } }>(texts['nap_envelopes']!)
      .filter(({ meta }) => meta.event === 'GATE_GOVERNANCE_DECISION')
      .map(({ meta }) => meta.status);
    t.strictSame(verdicts, Array<string>(9).fill('REJECTED_OBSERVED'));
  }
  t.equal(run({ max_envelopes_per_tick: 0 }).outcome.state, 'completed', 'OFF adds no judgement');
  t.end();
});

void t.test('governance never changes a tick', (t) => {
  const off = run({});
  const modes = [
    ENFORCE,
    { governance_mode: 'DRY_RUN', codex_action_mode: 'DRY_RUN' },
    { governance_mode: 'OBSERVE', codex_action_mode: 'OBSERVE' },
  ] as const;
  for (const mode of modes) {
    const governed = run({ ...mode, budget_policies: [plainBudget('b', { max_actions_per_window: 1 })] });
    for (const kind of ['umx_ledger', 'loom_p_blocks', 'loom_i_blocks', 'loom_chain', 'apx_manifests']) {
      t.equal(governed.texts[kind], off.texts[kind], `${mode.governance_mode} ${kind}`);
    }
  }
  t.end();
});

void t.test('U-ledger entries of a judged run contain the usage, others an empty meta', (t) => {
  const governed = run({ ...ENFORCE, budget_policies: [plainBudget('b', { max_actions_per_window: 1 })] });
  const metas = records<{ meta: { governance_budget?: object } }>(governed.texts['u_ledger']!).map(
    ({ meta }) => meta,
  );
  t.equal(metas.length, 9);
  const found = records(governed.texts['codex_proposals']!).length;
  for (const meta of metas)
    t.match(meta, { governance_budget: { proposals_seen: found, actions_accepted: 1 } });
  t.strictSame(records(run({}).texts['u_ledger']!)[0]!['meta'], {});
  t.end();
});

void t.test('approved counts ACCEPTED under ENFORCE, hypothetical under DRY_RUN', (t) => {
  const counts = (governance: Partial<Governance>): unknown => {
    const { approved, hypothetical } = records(run(governance).texts['governance']!)[0]!;
    return [approved, hypothetical];
  };
  const budget_policies = [plainBudget('b', { max_actions_per_window: 2 })];
  t.strictSame(counts({ ...ENFORCE, budget_policies }), [2, 0]);
  t.strictSame(counts({ governance_mode: 'DRY_RUN', codex_action_mode: 'DRY_RUN', budget_policies }), [0, 2]);
  t.strictSame(counts({ governance_mode: 'OBSERVE', codex_action_mode: 'OBSERVE', budget_policies }), [0, 0]);
  t.end();
});
