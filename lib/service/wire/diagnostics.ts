import { id, instant, list, object, oneOf, orNull, ref, text, type WireSchema } from './schema.js';

const DIAGNOSTIC_PROFILES = ['SMOKE', 'SELF_CHECK', 'FULL_SUITE'] as const;
export type DiagnosticProfile = (typeof DIAGNOSTIC_PROFILES)[number];

const DIAGNOSTIC_STATES = ['PENDING', 'RUNNING', 'PASSED', 'FAILED', 'ABORTED'] as const;
export type DiagnosticState = (typeof DIAGNOSTIC_STATES)[number];

export interface DiagnosticCheck {
  readonly name: string;
  readonly status: DiagnosticState;
  readonly message: string;
  /** Runs the check made. */
  readonly run_ids: readonly string[];
}

export interface DiagnosticRun {
  readonly id: string;
  readonly profile: DiagnosticProfile;
  readonly state: DiagnosticState;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly checks: readonly DiagnosticCheck[];
}

export const DIAGNOSTIC_CHECK: WireSchema = object('One thing that was looked at.', {
  name: text('What.'),
  status: oneOf(DIAGNOSTIC_STATES, 'How it went.'),
  message: text('The same for people.'),
  run_ids: list(id('A run.'), 'Runs the check made.'),
});

export const DIAGNOSTIC_RUN: WireSchema = object('One run of a diagnostic profile.', {
  id: id('Id of it.'),
  profile: oneOf(DIAGNOSTIC_PROFILES, 'Which profile.'),
  state: oneOf(DIAGNOSTIC_STATES, 'How far it is.'),
  started_at: instant('When it started.'),
  ended_at: orNull(instant('When it ended.')),
  checks: list(ref('DiagnosticCheck'), 'In the order they are made.'),
});

export interface DiagnosticProfileInfo {
  readonly profile: DiagnosticProfile;
  readonly description: string;
  readonly checks: readonly string[];
}

export const DIAGNOSTIC_PROFILE: WireSchema = object('A set of checks.', {
  profile: oneOf(DIAGNOSTIC_PROFILES, 'Its name.'),
  description: text('What it is good for.'),
  checks: list(text('A check.'), 'What it looks at.'),
});

export interface StartDiagnostics {
  readonly profile: DiagnosticProfile;
}

export const START_DIAGNOSTICS: WireSchema = object('What to check.', {
  profile: oneOf(DIAGNOSTIC_PROFILES, 'Which profile.'),
});
