import type { BudgetKnob } from '../../../service/wire/index.js';

/** A limit, with its names in the form and the tables. */
export interface Knob {
  readonly knob: BudgetKnob;
  readonly pointer: string;
  readonly label: string;
  readonly hint: string;
}

/** In the order in which they apply to a proposal. */
export const KNOBS: readonly Knob[] = [
  {
    knob: 'max_proposals_per_window',
    pointer: '/budget_knobs/max_proposals_per_window',
    label: 'Proposals per window',
    hint: 'Maximum of proposals of the Codex judged per window.',
  },
  {
    knob: 'max_actions_per_window',
    pointer: '/budget_knobs/max_actions_per_window',
    label: 'Actions per window',
    hint: 'Maximum of accepted proposals per window.',
  },
  {
    knob: 'max_topology_changes',
    pointer: '/budget_knobs/max_topology_changes',
    label: 'Topology changes',
    hint: 'Maximum of nodes and edges that accepted actions change per window.',
  },
];

/** A mode, with the corresponding word of the Codex. */
export interface ModePair {
  readonly mode: string;
  readonly codex: string;
  readonly of_runs: string;
  readonly of_codex: string;
}

/** The modes by increasing permission; each has its Codex mode, so that one choice sets the other. */
export const MODES: readonly ModePair[] = [
  {
    mode: 'OFF',
    codex: 'OFF',
    of_runs: 'Nothing is judged.',
    of_codex: 'Proposals are not judged.',
  },
  {
    mode: 'OBSERVE',
    codex: 'OBSERVE',
    of_runs: 'Everything is judged and recorded, nothing is accepted.',
    of_codex: 'Proposals are recorded and rejected.',
  },
  {
    mode: 'DRY_RUN',
    codex: 'DRY_RUN',
    of_runs: 'Policies and limits are evaluated, but not enforced.',
    of_codex: 'Proposals that would be accepted are recorded as hypothetical.',
  },
  {
    mode: 'ENFORCE',
    codex: 'GOVERNED_APPLY',
    of_runs: 'Policies and limits are enforced.',
    of_codex: 'Proposals within policies and limits are approved.',
  },
];

/** The label in the form of a field of an audit entry. */
export function labelOf(field: string): string {
  if (field === 'mode') return 'Mode';
  return KNOBS.find(({ knob }) => field.endsWith(knob))?.label ?? field;
}
