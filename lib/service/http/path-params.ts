import { id, integer } from '../wire/schema.js';

/** Parameters that several paths share. */
export const RUN_ID = { run_id: id('Id of the run.') };
export const SCENARIO_ID = { id: id('Id of the scenario.') };
export const TICK = { tick: integer('A tick.', { minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) };

export interface RunParams {
  readonly run_id: string;
}

export interface ScenarioParams {
  readonly id: string;
}
