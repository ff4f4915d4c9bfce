import {
  flag,
  freeObject,
  id,
  instant,
  integer,
  object,
  oneOf,
  orNull,
  ref,
  text,
  type WireSchema,
} from './schema.js';
import type { RunStatus } from './run-status.js';

export const RUN_RESULTS = ['completed', 'fault', 'cancelled'] as const;
export type RunResult = (typeof RUN_RESULTS)[number];

/** A past run as the list shows it. */
export interface HistoryEntry {
  readonly run_id: string;
  readonly name: string;
  readonly scenario_id: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly result: RunResult;
  /** Whether it ended as its scenario expects; null when it was stopped, or the record does not say. */
  readonly expected: boolean | null;
  readonly ticks_total: number;
  readonly ticks_completed: number;
  readonly summary_metrics?: Readonly<Record<string, unknown>>;
  readonly fault_reason?: string;
}

export const HISTORY_ENTRY: WireSchema = object(
  'A past run.',
  {
    run_id: id('Id of the run.'),
    name: id('Scenario id plus what varied.'),
    scenario_id: id('Its scenario.'),
    started_at: instant('When it started.'),
    ended_at: instant('When it ended.'),
    result: oneOf(RUN_RESULTS, 'How it ended.'),
    expected: orNull(
      flag(
        'It ended as its scenario expects, an expected fault included; null when stopped or not recorded.',
      ),
    ),
    ticks_total: integer('Ticks asked for.', { minimum: 0 }),
    ticks_completed: integer('Ticks done.', { minimum: 0 }),
  },
  {
    summary_metrics: freeObject('A few of its metrics; absent when it has none.'),
    fault_reason: text('Why it ended early.'),
  },
);

/** GET /history/{run_id}. */
export interface HistoryDetail {
  readonly run: RunStatus;
  readonly summary_metrics: Readonly<Record<string, unknown>>;
  readonly record?: Readonly<Record<string, unknown>>;
}

export const HISTORY_DETAIL: WireSchema = object(
  'One run.',
  { run: ref('RunStatus'), summary_metrics: freeObject('Its metrics; empty when it has none.') },
  { record: freeObject('Its digests, inputs, engine and artefacts; absent while it runs.') },
);
