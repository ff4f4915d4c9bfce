import type { Governance, Layer } from '../inputs.js';

/** Judgement of one DATA envelope by the policy set. */
export interface EnvelopeJudgement {
  readonly accepted: boolean;
  readonly status: 'ACCEPTED' | 'REJECTED' | 'ACCEPTED_OBSERVED' | 'REJECTED_OBSERVED';
  readonly reasons: readonly string[];
}

/** Judges the DATA envelope of a tick; a tick has exactly one (section 8). */
export function judgeEnvelope(governance: Governance, layer: Layer, tick: number): EnvelopeJudgement {
  const reasons: string[] = [];
  const { allowed_layers, max_envelopes_per_tick: cap } = governance;
  if (allowed_layers !== null && !allowed_layers.includes(layer)) reasons.push(`layer ${layer} not allowed`);
  if (cap !== null && cap < 1) reasons.push(`tick ${tick} exceeds cap ${cap}`);
  const accepted = reasons.length === 0;
  const word = accepted ? 'ACCEPTED' : 'REJECTED';
  const status = governance.governance_mode === 'ENFORCE' ? word : (`${word}_OBSERVED` as const);
  return { accepted, status, reasons };
}
