import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import { ComputeError, computeRun, type Computed } from './compute-run.js';
import type { Ending } from '../../execution/ending.js';
import { disagreementWith, unexpected, type Expectation } from '../../execution/expectation.js';
import { publishResult } from '../../execution/publish-result.js';
import { leftOutcome, type RunOutcome } from '../outcome.js';
import type { EarlierRun, PlannedRun } from '../plan/planned-run.js';
import { StagingError } from '../../execution/run-execution.js';
import { NOTHING_MADE } from '../../execution/run-job.js';
import { runRecord } from '../../execution/run-record.js';
import type { RunSurroundings, Slots } from './run-surroundings.js';
import type { Reliance } from '../../store/port.js';
import type { RunFailure } from '../../store/record-types.js';

/** Result of executing a planned run. */
export interface PlannedEnd {
  readonly outcome: RunOutcome;
  /** The recorded run with the result, for runs that share it; null if there is none. */
  readonly standing: EarlierRun | null;
  /** Set if the store could not store the result. */
  readonly store_error: AetherError | null;
}

/** Errors of the store after which no later run can be stored either. */
const STORE_UNUSABLE = new Set(['STORE_FULL', 'STORE_READ_ONLY', 'STORE_LOCKED', 'STORE_FORMAT']);

export function isStoreUnusable(error: AetherError): boolean {
  return STORE_UNUSABLE.has(error.code);
}

/** Environment of an execution. */
export interface ExecutionContext {
  readonly around: RunSurroundings;
  readonly slots: Slots;
  /** Protects published runs until the batch has been judged. */
  readonly reliance: Reliance;
  /** Expected ends of the other runs that share the result. */
  readonly sharedBy: readonly Expectation[];
}

/**
 * Executes a planned run: each repetition, with retries after infrastructure failures, and publishes each
 * execution. The run is done only when it is stored. A repeated run answers for its key only once all its
 * repetitions agree.
 */
export async function executePlanned(planned: PlannedRun, context: ExecutionContext): Promise<PlannedEnd> {
  const run = new PlannedExecution(planned, context);
  for (let repetition = 1; repetition <= planned.repeat; repetition++) {
    if (!(await run.repetition(repetition))) break;
  }
  return run.end();
}

class PlannedExecution {
  #durationMs = 0;
  #executions = 0;
  #bytes = 0;
  #last: { readonly computed: Computed; readonly failure: RunFailure | null } | null = null;
  #infrastructure: { readonly failure: RunFailure; readonly run: RunId | null } | null = null;
  #storeError: AetherError | null = null;
  #unfinished = false;

  readonly around: RunSurroundings;
  readonly slots: Slots;

  constructor(
    readonly planned: PlannedRun,
    readonly context: ExecutionContext,
  ) {
    this.around = context.around;
    this.slots = context.slots;
  }

  /** False if no further repetition makes sense. */
  async repetition(repetition: number): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        const computed = await computeRun(
          { planned: this.planned, attempt, repetition },
          this.around,
          this.slots,
        );
        if (computed === undefined) return this.#stopped();
        return await this.#keep(computed, repetition);
      } catch (error) {
        if (!(error instanceof AetherError)) throw error;
        if (await this.#mayRetry(error, attempt)) continue;
        return false;
      }
    }
  }

  #stopped(): false {
    this.#unfinished = true;
    return false;
  }

  async #keep(computed: Computed, repetition: number): Promise<boolean> {
    const { planned, around } = this;
    const { execution, result, ending } = computed;
    const misjudged = unexpected(planned.expect, ending.state, ending.failure);
    const disagreement = this.#disagreement(computed);
    const failure = misjudged ?? disagreement;
    const isWanted =
      misjudged === null ||
      this.context.sharedBy.some((expect) => unexpected(expect, ending.state, ending.failure) === null);
    const cacheable = isWanted && disagreement === null && repetition === planned.repeat;
    const record = {
      ...runRecord({ planned, execution, result, ending }),
      answers: cacheable,
      expected: misjudged === null,
    };
    await publishResult(around.store, record, result, { cacheable, reliance: this.context.reliance });
    this.#durationMs += execution.ended - execution.started;
    this.#executions++;
    this.#bytes += result.artefacts.reduce((sum, { size }) => sum + size, 0);
    this.#last = { computed, failure };
    return failure === null;
  }

  /** Compared with the previous repetition, otherwise with the stored result. */
  #disagreement({ ending, result }: Computed): RunFailure | null {
    if (this.#last === null)
      return disagreementWith(this.planned.earlier, ending.state, result.result_digest);
    const { execution, result: before } = this.#last.computed;
    const other = { id: execution.id, state: ending.state, result_digest: before.result_digest };
    return disagreementWith(other, ending.state, result.result_digest);
  }

  /** Decides on a retry; without one, records the failure as far as the store allows. */
  async #mayRetry(error: AetherError, attempt: number): Promise<boolean> {
    const { planned, around, slots } = this;
    const isStore = error.code.startsWith('STORE_');
    if (error instanceof ComputeError) {
      this.#executions++;
      this.#durationMs += error.execution.ended - error.execution.started;
    }
    if (error.cause instanceof StagingError)
      await around.store.discard(error.cause.staged).catch(() => undefined);
    if (!slots.stopping && attempt <= planned.retries && !isStoreUnusable(error)) {
      const { code, message } = error;
      around.emit({ type: 'run_retry', name: planned.name, attempt, code, message });
      return true;
    }
    if (isStore) this.#storeError = error;
    const tick = error instanceof ComputeError ? error.ticksCompleted : null;
    const failure = { code: error.code, message: error.message, tick, place: null };
    const run = error instanceof ComputeError && !isStore ? await this.#recordFailed(error, failure) : null;
    this.#infrastructure = { failure, run };
    return false;
  }

  async #recordFailed(error: ComputeError, failure: RunFailure): Promise<RunId | null> {
    const { planned, around } = this;
    const ending: Ending = { state: 'failed', failure };
    const result = {
      ...NOTHING_MADE,
      outcome: { state: 'failed', failure } as const,
      ticks_completed: error.ticksCompleted,
    };
    const record = { ...runRecord({ planned, execution: error.execution, result, ending }), expected: false };
    try {
      await around.store.publish({ record, blobs: [], cacheable: false, reliance: this.context.reliance });
      return record.id;
    } catch (storeError) {
      if (!(storeError instanceof AetherError)) throw storeError;
      this.#storeError = storeError;
      return null;
    }
  }

  end(): PlannedEnd {
    return { outcome: this.#outcome(), standing: this.#standing(), store_error: this.#storeError };
  }

  #outcome(): RunOutcome {
    const { name, scenario, input_key, ticks_total } = this.planned;
    const made = { duration_ms: this.#durationMs, executions: this.#executions, bytes: this.#bytes };
    const base = { name, scenario, input_key, ticks_total, ...made, measured_ms: null };
    if (this.#infrastructure !== null) {
      const { failure, run } = this.#infrastructure;
      const ticks_completed = failure.tick ?? 0;
      return { ...base, state: 'failed', ok: false, run, result_digest: null, ticks_completed, failure };
    }
    if (this.#last === null) return { ...leftOutcome(this.planned), ...made };
    const { computed, failure } = this.#last;
    if (this.#unfinished) {
      const { ticks_completed } = computed.result;
      const some = { run: computed.execution.id, result_digest: null, ticks_completed, failure: null };
      return { ...base, state: 'cancelled', ok: false, ...some };
    }
    const { result_digest, ticks_completed } = computed.result;
    const { state } = computed.ending;
    const isWhole = state === 'completed' || state === 'faulted';
    return {
      ...base,
      measured_ms: isWhole ? measuredMs(computed) : null,
      state,
      ok: failure === null,
      run: computed.execution.id,
      result_digest,
      ticks_completed,
      failure,
    };
  }

  #standing(): EarlierRun | null {
    if (this.#last === null || this.#unfinished || this.#infrastructure !== null) return null;
    const { computed } = this.#last;
    const { state, failure } = computed.ending;
    if (state !== 'completed' && state !== 'faulted') return null;
    const { result_digest, ticks_completed } = computed.result;
    const { id } = computed.execution;
    return { id, state, failure, result_digest, ticks_completed, measured_ms: measuredMs(computed) };
  }
}

/** Wall time of one execution in milliseconds; at least one. */
function measuredMs({ execution }: Computed): number {
  return Math.max(execution.ended - execution.started, 1);
}
