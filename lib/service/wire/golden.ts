import {
  type Infer,
  digest,
  extended,
  freeObject,
  id,
  object,
  oneOf,
  orNull,
  runId,
  text,
} from '../../base/schema.js';
import { named } from './named-schema.js';

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
  object('A golden and the state of the latest run of its name.', {
    name: id('Run name.'),
    scenario_id: orNull(id('Its scenario; null when no manifest has it.')),
    state: oneOf(GOLDEN_STATES, 'State of the latest run.'),
    run_id: orNull(runId('The latest run of that name.')),
    result_digest: orNull(digest('Result digest in the golden.')),
    accepted_at: orNull(text('When it was accepted.')),
    accepted_by: orNull(text('By whom.')),
    reason: orNull(text('Why.')),
    rejected: orNull(
      object('The rejection of the latest result; null if it is not rejected.', {
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
  object('The difference of a run from its golden.', {
    name: id('Run name.'),
    state: oneOf(GOLDEN_STATES, 'State of the run.'),
    run_id: orNull(runId('The run compared.')),
    result_digest: orNull(digest('Result digest of that run.')),
    golden_digest: orNull(digest('Result digest of the golden; null without one that can be read.')),
    summary: text('The difference as text.'),
    diff: text('The first differing record as a unified diff; empty when there is none.'),
    details: orNull(freeObject('The difference as data.')),
  }),
);
export type GoldenDiff = Infer<typeof GOLDEN_DIFF>;

/** A judgement names the run or the digest of its result. */
export const JUDGE_GOLDEN = extended(
  object(
    'The judged result, and the reason. Give the run, the digest of its result, or both.',
    { reason: text('Recorded with the judgement.', { minLength: 1, maxLength: 2000, pattern: '\\S' }) },
    { run_id: runId('The viewed run.'), result_digest: digest('Its result digest.') },
  ),
  { anyOf: [{ required: ['run_id'] }, { required: ['result_digest'] }] },
);
export type JudgeGolden = Infer<typeof JUDGE_GOLDEN>;
