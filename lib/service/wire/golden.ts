import {
  digest,
  extended,
  freeObject,
  id,
  named,
  object,
  oneOf,
  orNull,
  text,
  type Infer,
} from './schema.js';

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

export const GOLDEN_STATUS = named(
  'GoldenStatus',
  object('A golden and how the latest run of its name compares.', {
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
  }),
);
export type GoldenStatus = Infer<typeof GOLDEN_STATUS>;

export const GOLDEN_DIFF = named(
  'GoldenDiff',
  object('Where a run leaves its golden.', {
    name: id('Run name.'),
    state: oneOf(GOLDEN_STATES, 'How the run compares.'),
    run_id: orNull(id('The run compared.')),
    result_digest: orNull(digest('Result digest of that run.')),
    golden_digest: orNull(digest('Result digest of the golden; null without one that can be read.')),
    summary: text('The difference in words.'),
    diff: text('The first differing record as a unified diff; empty when there is none.'),
    details: orNull(freeObject('The difference as data.')),
  }),
);
export type GoldenDiff = Infer<typeof GOLDEN_DIFF>;

/** A judgement names the run or the digest of its result. */
export const JUDGE_GOLDEN = extended(
  object(
    'Which result is judged, and why. The run, the digest of its result, or both are named.',
    { reason: text('Kept with the judgement.', { minLength: 1, maxLength: 2000, pattern: '\\S' }) },
    { run_id: id('The run that was looked at.'), result_digest: digest('Its result digest.') },
  ),
  { anyOf: [{ required: ['run_id'] }, { required: ['result_digest'] }] },
);
export type JudgeGolden = Infer<typeof JUDGE_GOLDEN>;
