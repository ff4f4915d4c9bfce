import { id, integer, runId, type InferOptional } from '../../base/schema.js';

/** Parameters common to several paths. */
export const RUN_ID = { run_id: runId('Id of the run.') };
export const SCENARIO_ID = { id: id('Id of the scenario.') };
export const TICK = { tick: integer('A tick.', { minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) };

/** A range of ticks, both ends included. */
export const TICK_RANGE = {
  from: integer('First tick.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  to: integer('Last tick.', { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
};
export type TickRange = InferOptional<typeof TICK_RANGE>;
