import type { Json } from '../base/canonical-json.js';
import { canonicalJson } from '../base/canonical-json.js';
import { judgeEnvelope } from '../engine/governance/envelope-judgement.js';
import type { BudgetUsage } from '../engine/governance/budget.js';
import { policyIds } from '../engine/governance/policy-set.js';
import type { RunInputs } from '../engine/inputs.js';
import { piece } from '../engine/json-text.js';

/** A GOV/G envelope before it has its place in the stream. */
export interface GovernanceEnvelope {
  readonly seq: number;
  /** Order among equal seq: decision, policy set, summary, exhaustion. */
  readonly rank: number;
  readonly payload_ref: number;
  readonly prev_chain: number;
  readonly meta: Uint8Array;
}

/** Facts of a tick that governance envelopes contain. */
export interface TickFacts {
  readonly tick: number;
  /** manifest_check of the window of the tick. */
  readonly check: number;
  /** C_{t-1}. */
  readonly prev_chain: number;
  readonly C_t: number;
}

const NONE: readonly GovernanceEnvelope[] = [];

/** Generates the envelopes of governance (section 8); none if the mode is OFF. */
export class GovernanceEnvelopes {
  readonly #inputs: RunInputs;
  readonly #hash: string;

  constructor(inputs: RunInputs, policySetHash: string) {
    this.#inputs = inputs;
    this.#hash = policySetHash;
  }

  /** The GOV/G envelopes of a tick in stream order; `usage` is needed for the last tick. */
  envelopes(facts: TickFacts, usage: BudgetUsage | null): readonly GovernanceEnvelope[] {
    const { governance, run } = this.#inputs;
    if (governance.governance_mode === 'OFF') return NONE;
    const list = [this.#decision(facts)];
    if (facts.tick === 1) list.push(this.#policySet(facts));
    if (facts.tick === run.ticks && usage !== null) list.push(...this.#summary(facts, usage));
    return list.sort((a, b) => a.seq - b.seq || a.rank - b.rank);
  }

  #decision({ tick, check, prev_chain }: TickFacts): GovernanceEnvelope {
    const { governance, run } = this.#inputs;
    const { status, reasons } = judgeEnvelope(governance, run.nap.layer, tick);
    return {
      seq: run.ticks + tick,
      rank: 0,
      payload_ref: check,
      prev_chain,
      meta: this.#meta('GATE_GOVERNANCE_DECISION', {
        envelope_ref: `nap_${tick}_${tick}`,
        tick,
        seq: tick,
        status,
        reasons,
        window_id: run.primary_window_id,
      }),
    };
  }

  #policySet({ prev_chain }: TickFacts): GovernanceEnvelope {
    const { governance } = this.#inputs;
    const { governance_mode, codex_action_mode } = governance;
    const meta = { policy_ids: policyIds(governance), governance_mode, codex_action_mode };
    return { seq: 1, rank: 1, payload_ref: 0, prev_chain, meta: this.#meta('POLICY_SET_LOADED', meta) };
  }

  #summary({ C_t }: TickFacts, usage: BudgetUsage): readonly GovernanceEnvelope[] {
    const { run, governance } = this.#inputs;
    const window_id = run.primary_window_id;
    const { governance_mode } = governance;
    const summary = this.#meta('GOVERNANCE_DECISION_SUMMARY', { window_id, governance_mode, ...usage });
    const at = { payload_ref: 0, prev_chain: C_t };
    const list = [{ seq: run.ticks, rank: 2, ...at, meta: summary }];
    const exhausted_caps = usage.caps.filter((cap) => cap.exhausted);
    if (exhausted_caps.length > 0) {
      const meta = this.#meta('BUDGET_EXHAUSTION', { window_id, governance_mode, exhausted_caps });
      list.push({ seq: run.ticks + 1, rank: 3, ...at, meta });
    }
    return list;
  }

  #meta(event: string, fields: { readonly [key: string]: Json }): Uint8Array {
    return piece(canonicalJson({ event, policy_set_hash: this.#hash, ...fields }));
  }
}
