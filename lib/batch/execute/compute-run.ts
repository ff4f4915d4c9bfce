import { AetherError } from '../../base/errors.js';
import { Stopwatch } from '../../base/stopwatch.js';
import { unexpected } from '../../execution/expectation.js';
import type { PlannedRun } from '../plan/planned-run.js';
import { NotBegun } from '../../execution/executor.js';
import type { RunId } from '../../base/run-id.js';
import { newRunId } from '../../execution/new-id.js';
import { StagingError } from '../../execution/run-execution.js';
import { endingOf, lostExecution, type EndedExecution } from '../../execution/ending.js';
import type { RunFailure } from '../../store/record-types.js';
import type { Execution } from '../../execution/run-record.js';
import { STALL_MS, SupervisedRun } from '../../execution/supervised-run.js';
import type { RunSurroundings, Slots } from './run-surroundings.js';

/** One execution that ended, staged but not yet published. */
export interface Computed extends EndedExecution {
  readonly execution: Execution;
}

/** One execution of a planned run; attempts and repetitions count from 1. */
export interface Turn {
  readonly planned: PlannedRun;
  readonly attempt: number;
  readonly repetition: number;
}

/** An infrastructure failure of one execution, with its known facts. */
export class ComputeError extends AetherError {
  constructor(
    { code, message }: Pick<RunFailure, 'code' | 'message'>,
    cause: AetherError,
    readonly execution: Execution,
    readonly ticksCompleted: number,
  ) {
    super(code, message, cause);
  }
}

/**
 * Computes a run once a slot is free, within its time limit.
 *
 * @returns undefined if the batch stopped before the run could start
 * @throws ComputeError if the run could not be computed because of its environment
 */
export function computeRun(turn: Turn, around: RunSurroundings, slots: Slots): Promise<Computed | undefined> {
  const { planned, attempt, repetition } = turn;
  const quick = slots.mayShare && attempt === 1 && isQuick(planned);
  return slots.enter(
    async () => {
      const running = new SupervisedRun(planned.name, planned.ticks_total, {
        clock: around.clock,
        timeout_ms: planned.timeout_ms,
        grace_ms: around.grace_ms,
        stall_ms: around.stall_ms ?? STALL_MS,
        quick,
      });
      const unwatch = slots.watch(running);
      try {
        const computed = await compute(turn, around, { running, quick });
        if (computed === undefined) return undefined;
        const { state, failure } = computed.ending;
        const isBad = state !== 'cancelled' && unexpected(planned.expect, state, failure) !== null;
        if (isBad) slots.failed(planned.name);
        return computed;
      } catch (error) {
        if (attempt > planned.retries) slots.failed(planned.name);
        throw error;
      } finally {
        running.end();
        unwatch();
      }
    },
    { isBegun: attempt > 1 || repetition > 1, isQuick: quick },
  );
}

/** Maximum estimated milliseconds of a quick run. */
const QUICK_MS = 5;

/** True for a run that others may wait for. One with a time limit has its thread for itself, and so has a further attempt. */
export function isQuick({ timeout_ms, estimated_ms }: PlannedRun): boolean {
  return timeout_ms === null && estimated_ms <= QUICK_MS;
}

interface Handing {
  readonly running: SupervisedRun;
  readonly quick: boolean;
}

/** Undefined for a run that was withdrawn before its start. */
async function compute(
  turn: Turn,
  around: RunSurroundings,
  { running, quick }: Handing,
): Promise<Computed | undefined> {
  const { planned } = turn;
  const { clock, executor, engine, store, chunk_bytes } = around;
  const watch = new Stopwatch(clock);
  const id = newRunId(watch.started, around.random);
  const executed = (): Execution => ({ id, started: watch.started, ended: watch.time, engine });
  const { retain } = planned;
  // The start of a quick run is known only at its end: it may wait for others.
  if (!quick) tellStart(turn, id, around);
  try {
    const control = running.control.buffer;
    const inputs = await planned.inputs();
    const job = { id, inputs, stager: store.stager, retain, chunk_bytes, control, quick };
    const result = await executor.execute(job, running.signal);
    if (quick) tellStart(turn, id, around);
    const { computed } = result;
    const execution =
      computed === undefined
        ? executed()
        : { id, engine, started: computed.started, ended: computed.started + computed.took_ms };
    return { execution, result, ending: endingOf(running, result) };
  } catch (error) {
    if (error instanceof NotBegun) return undefined;
    if (quick) tellStart(turn, id, around);
    if (!(error instanceof AetherError)) throw error;
    const lost = lostExecution(running, error);
    const execution = executed();
    if (running.stopped !== null && !(error instanceof StagingError)) return { ...lost, execution };
    const failure = running.stopped === null ? lost.ending.failure! : error;
    throw new ComputeError(failure, error, execution, lost.result.ticks_completed);
  }
}

function tellStart({ planned, attempt, repetition }: Turn, run: RunId, { emit }: RunSurroundings): void {
  const { name, ticks_total, forecast, repeat: repetitions } = planned;
  const work_ms = forecast.duration_ms;
  emit({ type: 'run_start', name, run, ticks_total, work_ms, attempt, repetition, repetitions });
}
