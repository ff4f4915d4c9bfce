import { GOVERNANCE_PRESETS } from './governance.js';
import { PILLAR_STATUS } from './pillar.js';
import { SCENARIO_SUMMARY } from './scenario.js';
import {
  type Infer,
  flag,
  id,
  instant,
  integer,
  list,
  number,
  object,
  oneOf,
  orNull,
  runId,
  text,
} from '../../base/schema.js';
import { named, ref } from './named-schema.js';

const RUN_STATES = ['idle', 'running', 'completed', 'fault', 'cancelled'] as const;
export type WireRunState = (typeof RUN_STATES)[number];

export const RUN_STATUS = named(
  'RunStatus',
  object(
    'A run, live or past.',
    {
      run_id: runId('Id of the run in the artefact tree.'),
      /** Such as `ring-5[ticks=64]`. */
      name: id('Scenario id and overrides.'),
      state: oneOf(RUN_STATES, 'State of the run; completed, fault and cancelled are final.'),
      expected: orNull(
        flag(
          'True if it ended as its scenario expects, including an expected fault; null before, when stopped, and when not recorded.',
        ),
      ),
      paused: flag('True while the run is paused between two ticks.'),
      scenario_id: id('Scenario of the run.'),
      started_at: orNull(instant('When it started.')),
      ended_at: orNull(instant('When it ended; null before.')),
      ticks_total: orNull(integer('Requested ticks.', { minimum: 0 })),
      ticks_completed: orNull(integer('Completed ticks.', { minimum: 0 })),
      progress: orNull(number('Share of the ticks that is completed.', { minimum: 0, maximum: 1 })),
    },
    {
      fault_reason: text('Why the run ended early, as text.'),
      fault_code: text('Why the run ended early, as a stable code.'),
    },
  ),
);
export type RunStatus = Infer<typeof RUN_STATUS>;

/** GET /state. */
export const OPERATOR_STATE = named(
  'OperatorState',
  object('Summary for the operator.', {
    /** Data of an earlier start may be out of date. */
    boot_id: text('Id of this start of the service.'),
    run: orNull(ref(RUN_STATUS)),
    active_scenario: orNull(ref(SCENARIO_SUMMARY)),
    pillars: list(ref(PILLAR_STATUS), 'One entry per pillar.'),
    active_runs: list(ref(RUN_STATUS), 'Every run that has not ended, oldest first.'),
  }),
);
export type OperatorState = Infer<typeof OPERATOR_STATE>;

/** Body of POST /runs. */
export const START_RUN = named(
  'StartRun',
  object(
    'The run to start.',
    { scenario_id: id('A scenario of the registry.') },
    {
      cell: id('A run name of the sweep of the scenario; default the first.'),
      overrides: object(
        'Values that replace those of the scenario.',
        {},
        {
          ticks_total: integer('Number of ticks.', { minimum: 1, maximum: Number.MAX_SAFE_INTEGER - 2 }),
          metrics_enabled: flag('Store the metrics record.'),
          logging_enabled: flag('Store the structured log.'),
          governance_preset: oneOf(GOVERNANCE_PRESETS, 'Governance mode of this run.'),
        },
      ),
      paused: flag('Start paused, before the first tick.'),
    },
  ),
);
export type StartRun = Infer<typeof START_RUN>;

/** Body of POST /runs/{run_id}/step. */
export const STEP_RUN = object(
  'The step.',
  {},
  {
    ticks: integer('Ticks to compute before the run pauses again.', {
      minimum: 1,
      maximum: 2 ** 31 - 1,
      default: 1,
    }),
  },
);
