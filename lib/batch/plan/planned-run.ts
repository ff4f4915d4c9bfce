import type { Json } from '../../base/canonical-json.js';
import type { Digest } from '../../base/digest.js';
import type { ConfigRunId, RunId } from '../../base/run-id.js';
import type { RunFailure, RunState } from '../../store/record-types.js';
import type { Expectation } from '../../execution/expectation.js';
import type { JobInputs } from '../../execution/job-inputs.js';

/** Why a run is executed or not. */
export type PlanReason =
  | { readonly why: 'new' }
  | { readonly why: 'inputs_changed'; readonly since: string; readonly documents: readonly string[] }
  | {
      readonly why: 'not_finished';
      readonly last: RunState;
      readonly run: RunId;
      /** The expected fault that did not occur; null if none was expected, or if the run did not end. */
      readonly expected: string | null;
    }
  | { readonly why: 'forced' }
  | { readonly why: 'repeated'; readonly times: number }
  | { readonly why: 'artefacts_dropped'; readonly run: RunId }
  | { readonly why: 'cached'; readonly run: RunId }
  | { readonly why: 'same_inputs'; readonly as: string };

/** Forecast from earlier executions. */
export interface RunForecast {
  /** Milliseconds; measured from history, otherwise estimated from the amount of work. */
  readonly duration_ms: number;
  /** Predicted bytes of the artefacts; null without history. */
  readonly bytes: number | null;
  readonly from_history: boolean;
}

/** An earlier execution of the same inputs. */
export interface EarlierRun {
  readonly id: RunId;
  readonly state: RunState;
  readonly failure: RunFailure | null;
  readonly result_digest: Digest;
  readonly ticks_completed: number;
  /** Its wall time in milliseconds. */
  readonly measured_ms: number;
}

/** One resolved and keyed cell, with the decision of the plan. */
export interface PlannedRun {
  /** Includes the values of the sweep, and the overrides that change the inputs. */
  readonly name: string;
  /** The name without overrides; absent if it is the same. */
  readonly plain_name?: string | undefined;
  readonly scenario: string;
  readonly cell: Readonly<Record<string, Json>>;
  readonly config_run_id: ConfigRunId;
  readonly gid: string;
  readonly ticks_total: number;
  readonly input_key: Digest;
  /** Digest of every document that can change the result. */
  readonly documents: Readonly<Record<string, Digest | null>>;
  readonly expect: Expectation;
  readonly retain: 'full' | 'compact';
  readonly timeout_ms: number | null;
  readonly retries: number;
  /** Number of executions whose digests must agree. */
  readonly repeat: number;
  readonly action: 'run' | 'cached' | 'follow';
  readonly reason: PlanReason;
  /**
   * The run with a result for these inputs, if there is one: the result if cached, otherwise for comparison.
   */
  readonly earlier: EarlierRun | null;
  readonly forecast: RunForecast;
  /** Milliseconds estimated from the amount of work, ignoring history. */
  readonly estimated_ms: number;
  /** Resolves the inputs again; cheap, so that a plan of many runs need not hold them all. */
  readonly inputs: () => JobInputs | Promise<JobInputs>;
}

/** Every field; add new ones here as well. */
const FIELDS: Readonly<Record<keyof PlannedRun, true>> = {
  name: true,
  plain_name: true,
  scenario: true,
  cell: true,
  config_run_id: true,
  gid: true,
  ticks_total: true,
  input_key: true,
  documents: true,
  expect: true,
  retain: true,
  timeout_ms: true,
  retries: true,
  repeat: true,
  action: true,
  reason: true,
  earlier: true,
  forecast: true,
  estimated_ms: true,
  inputs: true,
};

/** A copy with other values of some fields; fields of a run may be getters, which spreading would omit. */
export function changedRun(run: PlannedRun, change: Partial<PlannedRun>): PlannedRun {
  const fields = (Object.keys(FIELDS) as (keyof PlannedRun)[]).map((field) => [field, run[field]]);
  return { ...(Object.fromEntries(fields) as PlannedRun), ...change };
}

/** Predicted computing time in milliseconds of all repetitions in sequence. */
export function workOf({ forecast, repeat }: PlannedRun): number {
  return forecast.duration_ms * repeat;
}
