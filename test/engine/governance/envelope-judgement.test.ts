import t from 'tap';
import { judgeEnvelope } from '../../../lib/engine/governance/envelope-judgement.js';
import type { Governance } from '../../../lib/engine/inputs.js';
import { OFF } from '../toy-run.js';

const enforce = (meta: Partial<Governance>): Governance => ({
  ...OFF,
  governance_mode: 'ENFORCE',
  codex_action_mode: 'GOVERNED_APPLY',
  ...meta,
});

void t.test('all layers are allowed and no cap applies unless the policy set defines them', (t) => {
  for (const layer of ['INGRESS', 'DATA', 'CTRL', 'EGRESS', 'GOV'] as const) {
    t.strictSame(judgeEnvelope(enforce({}), layer, 3), { accepted: true, status: 'ACCEPTED', reasons: [] });
  }
  t.equal(judgeEnvelope(enforce({ max_envelopes_per_tick: 1 }), 'DATA', 3).accepted, true);
  t.end();
});

void t.test('reasons name the layer, then the tick and its cap', (t) => {
  const judged = judgeEnvelope(enforce({ allowed_layers: ['CTRL'], max_envelopes_per_tick: 0 }), 'DATA', 3);
  t.strictSame(judged, {
    accepted: false,
    status: 'REJECTED',
    reasons: ['layer DATA not allowed', 'tick 3 exceeds cap 0'],
  });
  t.strictSame(judgeEnvelope(enforce({ allowed_layers: [] }), 'GOV', 1).reasons, ['layer GOV not allowed']);
  t.end();
});

void t.test('modes other than ENFORCE only observe the judgement', (t) => {
  for (const governance_mode of ['OBSERVE', 'DRY_RUN'] as const) {
    const of = (cap: number): string =>
      judgeEnvelope(enforce({ governance_mode, max_envelopes_per_tick: cap }), 'DATA', 1).status;
    t.strictSame([of(1), of(0)], ['ACCEPTED_OBSERVED', 'REJECTED_OBSERVED']);
  }
  t.end();
});
