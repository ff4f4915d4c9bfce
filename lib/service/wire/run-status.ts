import {
  flag,
  id,
  instant,
  integer,
  number,
  object,
  oneOf,
  orNull,
  ref,
  text,
  list,
  type WireSchema,
} from './schema.js';
import type { PillarStatus } from './pillar.js';
import type { ScenarioSummary } from './scenario.js';
import { GOVERNANCE_PRESETS } from './governance.js';

const RUN_STATES = ['idle', 'running', 'completed', 'fault', 'cancelled'] as const;
export type WireRunState = (typeof RUN_STATES)[number];

/** A run, live or past. */
export interface RunStatus {
  readonly run_id: string;
  /** Scenario id plus what was overridden: `ring-5[ticks=64]`. */
  readonly name: string;
  readonly state: WireRunState;
  /** Whether it ended as its scenario expects; null before its end, when it was stopped, and when the record does not say. */
  readonly expected: boolean | null;
  /** True while a running run waits between ticks. */
  readonly paused: boolean;
  readonly scenario_id: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly ticks_total: number | null;
  readonly ticks_completed: number | null;
  /** 0..1. */
  readonly progress: number | null;
  readonly fault_reason?: string;
  readonly fault_code?: string;
}

export const RUN_STATUS: WireSchema = object(
  'A run, live or past.',
  {
    run_id: id('Id of the run; the same in the artefact tree.'),
    name: id('Scenario id plus what was overridden.'),
    state: oneOf(RUN_STATES, 'What the run is doing; completed, fault and cancelled are final.'),
    expected: orNull(
      flag(
        'It ended as its scenario expects, an expected fault included; null before, when stopped, and when not recorded.',
      ),
    ),
    paused: flag('True while a running run waits between two ticks.'),
    scenario_id: id('Scenario the run was started from.'),
    started_at: orNull(instant('When it started.')),
    ended_at: orNull(instant('When it ended; null before.')),
    ticks_total: orNull(integer('Ticks asked for.', { minimum: 0 })),
    ticks_completed: orNull(integer('Ticks done so far.', { minimum: 0 })),
    progress: orNull(number('Share of the ticks that is done.', { minimum: 0, maximum: 1 })),
  },
  {
    fault_reason: text('Why the run ended early, for people.'),
    fault_code: text('The same as a stable code.'),
  },
);

/** GET /state. */
export interface OperatorState {
  /** Changes with every start of the service: what was known of an earlier one may no longer hold. */
  readonly boot_id: string;
  readonly run: RunStatus | null;
  readonly active_scenario: ScenarioSummary | null;
  readonly pillars: readonly PillarStatus[];
  /** Every run that is not over, oldest first. */
  readonly active_runs: readonly RunStatus[];
}

export const OPERATOR_STATE: WireSchema = object('What the operator sees at a glance.', {
  boot_id: text('Changes with every start of the service.'),
  run: orNull(ref('RunStatus')),
  active_scenario: orNull(ref('ScenarioSummary')),
  pillars: list(ref('PillarStatus'), 'One entry per pillar.'),
  active_runs: list(ref('RunStatus'), 'Every run that is not over, oldest first.'),
});

/** Body of POST /runs. */
export interface StartRun {
  readonly scenario_id: string;
  /** A run name of the scenario's sweep; its first one when absent. */
  readonly cell?: string;
  readonly overrides?: {
    readonly ticks_total?: number;
    readonly metrics_enabled?: boolean;
    readonly logging_enabled?: boolean;
    readonly governance_preset?: string;
  };
  /** Start paused, before the first tick. */
  readonly paused?: boolean;
}

export const START_RUN: WireSchema = object(
  'What to run.',
  { scenario_id: id('A scenario of the registry.') },
  {
    cell: id("A run name of the scenario's sweep; its first one when left out."),
    overrides: object(
      'Values in place of the scenario’s own.',
      {},
      {
        ticks_total: integer('Number of ticks.', { minimum: 1, maximum: Number.MAX_SAFE_INTEGER - 2 }),
        metrics_enabled: flag('Keep the metrics record.'),
        logging_enabled: flag('Keep the structured log.'),
        governance_preset: oneOf(GOVERNANCE_PRESETS, 'Governance mode of this run.'),
      },
    ),
    paused: flag('Start paused, before the first tick.'),
  },
);

/** Body of POST /runs/{run_id}/step. */
export interface StepRun {
  readonly ticks?: number;
}

export const STEP_RUN: WireSchema = object(
  'How far to go.',
  {},
  {
    ticks: integer('Ticks to compute before the run pauses again.', {
      minimum: 1,
      maximum: 2 ** 31 - 1,
      default: 1,
    }),
  },
);
