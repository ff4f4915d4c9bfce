import { canonicalJson } from '../base/canonical-json.js';
import { codexNames, motif, PATTERN_TYPE } from '../engine/codex/motif.js';
import { proposal } from '../engine/codex/proposal.js';
import type { SignatureLibrary } from '../engine/codex/signature-library.js';
import type { BudgetUsage } from '../engine/governance/budget.js';
import { DecisionLoop } from '../engine/governance/decision.js';
import type { RunInputs } from '../engine/inputs.js';
import type { RecordStream } from './record-stream.js';

/** Results of the Codex and the decision loop. */
export interface CodexResult {
  readonly motifs: number;
  /** Proposals accepted by the decision loop, independent of the mode. */
  readonly accepted: number;
  readonly usage: BudgetUsage;
  /** ACCEPTED under ENFORCE. */
  readonly approved: number;
  /** ACCEPTED under DRY_RUN. */
  readonly hypothetical: number;
  readonly motif_counts: Readonly<Record<string, number>>;
}

/** Writes motifs and judged proposals of a finished run, one at a time (section 8). */
export function codexPass(
  inputs: RunInputs,
  library: SignatureLibrary,
  streams: { readonly motifs: RecordStream; readonly proposals: RecordStream },
): CodexResult {
  const names = codexNames(inputs);
  const loop = new DecisionLoop(inputs.governance, inputs.run.primary_window_id);
  let position = 0;
  let accepted = 0;
  for (const group of library.sorted()) {
    streams.motifs.line(canonicalJson(motif(inputs, names, group, position)), 0);
    const decision = loop.judge('PLACE', group.du.length);
    if (decision.status === 'ACCEPTED') accepted++;
    streams.proposals.line(canonicalJson(proposal(inputs, names, { group, position, decision })), 0);
    position++;
  }
  const mode = inputs.governance.governance_mode;
  return {
    motifs: position,
    accepted,
    usage: loop.usage(),
    approved: mode === 'ENFORCE' ? accepted : 0,
    hypothetical: mode === 'DRY_RUN' ? accepted : 0,
    motif_counts: { [PATTERN_TYPE]: position },
  };
}
