import { id, object, oneOf, orNull, text, freeObject, digest, type WireSchema } from './schema.js';

export const GOLDEN_STATES = ['agrees', 'differs', 'missing', 'obsolete', 'unchecked', 'pending'] as const;
export type GoldenState = (typeof GOLDEN_STATES)[number];

export interface GoldenStatus {
  readonly name: string;
  readonly scenario_id: string | null;
  readonly state: GoldenState;
  /** The latest run of that name. */
  readonly run_id: string | null;
  readonly result_digest: string | null;
  readonly accepted_at: string | null;
  readonly accepted_by: string | null;
  readonly reason: string | null;
}

export const GOLDEN_STATUS: WireSchema = object('A golden and how the latest run of its name compares.', {
  name: id('Run name.'),
  scenario_id: orNull(id('Its scenario; null when no manifest has it.')),
  state: oneOf(GOLDEN_STATES, 'How the latest run compares.'),
  run_id: orNull(id('The latest run of that name.')),
  result_digest: orNull(digest('Result the golden holds.')),
  accepted_at: orNull(text('When it was accepted.')),
  accepted_by: orNull(text('By whom.')),
  reason: orNull(text('Why.')),
});

export interface GoldenDiff {
  readonly name: string;
  readonly state: GoldenState;
  readonly run_id: string | null;
  readonly summary: string;
  readonly diff: string;
  readonly details: Readonly<Record<string, unknown>> | null;
}

export const GOLDEN_DIFF: WireSchema = object('Where a run leaves its golden.', {
  name: id('Run name.'),
  state: oneOf(GOLDEN_STATES, 'How the run compares.'),
  run_id: orNull(id('The run compared.')),
  summary: text('The difference in words.'),
  diff: text('The first differing record as a unified diff; empty when there is none.'),
  details: orNull(freeObject('The difference as data.')),
});

export interface AcceptGolden {
  readonly reason: string;
}

export const ACCEPT_GOLDEN: WireSchema = object('Why the new result is right.', {
  reason: text('Kept with the golden.', { minLength: 1, maxLength: 2000, pattern: '\\S' }),
});
