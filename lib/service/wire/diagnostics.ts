import { id, instant, list, object, oneOf, orNull, text, type Infer } from '../../base/schema.js';
import { named, ref } from './named-schema.js';

const DIAGNOSTIC_PROFILES = ['SMOKE', 'SELF_CHECK', 'FULL_SUITE'] as const;
export type DiagnosticProfile = (typeof DIAGNOSTIC_PROFILES)[number];

const DIAGNOSTIC_STATES = ['PENDING', 'RUNNING', 'PASSED', 'FAILED', 'ABORTED'] as const;
export type DiagnosticState = (typeof DIAGNOSTIC_STATES)[number];

export const DIAGNOSTIC_CHECK = named(
  'DiagnosticCheck',
  object('One check.', {
    name: text('What.'),
    status: oneOf(DIAGNOSTIC_STATES, 'Its outcome.'),
    message: text('Its outcome as text.'),
    run_ids: list(id('A run.'), 'Runs of the check.'),
  }),
);
export type DiagnosticCheck = Infer<typeof DIAGNOSTIC_CHECK>;

export const DIAGNOSTIC_RUN = named(
  'DiagnosticRun',
  object('One run of a diagnostic profile.', {
    id: id('Its id.'),
    profile: oneOf(DIAGNOSTIC_PROFILES, 'Which profile.'),
    state: oneOf(DIAGNOSTIC_STATES, 'Its state.'),
    started_at: instant('When it started.'),
    ended_at: orNull(instant('When it ended.')),
    checks: list(ref(DIAGNOSTIC_CHECK), 'In execution order.'),
  }),
);
export type DiagnosticRun = Infer<typeof DIAGNOSTIC_RUN>;

export const DIAGNOSTIC_PROFILE = named(
  'DiagnosticProfile',
  object('A set of checks.', {
    profile: oneOf(DIAGNOSTIC_PROFILES, 'Its name.'),
    description: text('Its purpose.'),
    checks: list(text('A check.'), 'Its checks.'),
  }),
);
export type DiagnosticProfileInfo = Infer<typeof DIAGNOSTIC_PROFILE>;

export const START_DIAGNOSTICS = object('What to check.', {
  profile: oneOf(DIAGNOSTIC_PROFILES, 'Which profile.'),
});
