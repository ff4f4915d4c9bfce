import { id, object, oneOf, orNull, text, freeObject, digest, type WireSchema } from './schema.js';

const GOLDEN_STATES = [
  'agrees',
  'differs',
  'missing',
  'damaged',
  'obsolete',
  'unchecked',
  'pending',
] as const;
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
  /** Who judged the latest result to be wrong; null when nobody did. */
  readonly rejected: { readonly by: string | null; readonly at: string; readonly reason: string } | null;
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
  rejected: orNull(
    object('Who judged the latest result to be wrong; null when nobody did.', {
      by: orNull(text('By whom.')),
      at: text('When.'),
      reason: text('Why.'),
    }),
  ),
});

export interface GoldenDiff {
  readonly name: string;
  readonly state: GoldenState;
  readonly run_id: string | null;
  /** Result digest of that run. */
  readonly result_digest: string | null;
  /** Result digest of the golden. */
  readonly golden_digest: string | null;
  readonly summary: string;
  readonly diff: string;
  readonly details: Readonly<Record<string, unknown>> | null;
}

export const GOLDEN_DIFF: WireSchema = object('Where a run leaves its golden.', {
  name: id('Run name.'),
  state: oneOf(GOLDEN_STATES, 'How the run compares.'),
  run_id: orNull(id('The run compared.')),
  result_digest: orNull(digest('Result digest of that run.')),
  golden_digest: orNull(digest('Result digest of the golden; null without one that can be read.')),
  summary: text('The difference in words.'),
  diff: text('The first differing record as a unified diff; empty when there is none.'),
  details: orNull(freeObject('The difference as data.')),
});

/** A judgement names the run or the digest of its result. */
export interface JudgeGolden {
  readonly run_id?: string;
  readonly result_digest?: string;
  readonly reason: string;
}

export const JUDGE_GOLDEN: WireSchema = {
  ...object(
    'Which result is judged, and why. The run, the digest of its result, or both are named.',
    { reason: text('Kept with the judgement.', { minLength: 1, maxLength: 2000, pattern: '\\S' }) },
    { run_id: id('The run that was looked at.'), result_digest: digest('Its result digest.') },
  ),
  anyOf: [{ required: ['run_id'] }, { required: ['result_digest'] }],
};
