import { AetherError } from '../../base/errors.js';
import type { Clock } from '../../base/ports.js';
import type { Executor } from '../../batch/executor.js';
import { newRunId } from '../../batch/run-id.js';
import { StagingError } from '../../batch/run-execution.js';
import { NOTHING_MADE, type RunJobResult } from '../../batch/run-job.js';
import { runRecord, type Ending } from '../../batch/run-record.js';
import { unexpected } from '../../batch/outcome.js';
import type { ArtefactStore } from '../../store/port.js';
import type { EngineStamp, RunFailure } from '../../store/records.js';
import { Refusal } from '../http/problems.js';
import type { WatchedJob } from '../live/watched-job.js';
import type { StateDirectory } from '../state/state-directory.js';
import { RESULT_OF } from './record-status.js';
import { RunHandle, type RunEnd } from './run-handle.js';
import { markerName, markerPlan, spoolName, type RunMarker } from './run-marker.js';
import type { RunPlan } from './run-plan.js';

export interface SupervisorOptions {
  readonly executor: Executor;
  readonly store: ArtefactStore;
  readonly state: StateDirectory;
  readonly clock: Clock;
  readonly random: () => number;
  readonly engine: EngineStamp;
  /** Runs at once. */
  readonly max_active: number;
  /** Milliseconds a stopped run may take before it is given up. */
  readonly grace_ms: number;
  /** Milliseconds without a tick, not paused, after which a run counts as stuck. */
  readonly stall_ms: number;
  /** Hears of every run that starts and ends. */
  readonly onChange?: (handle: RunHandle) => void;
}

/** Handles of ended runs that are kept at hand. */
const REMEMBERED = 64;
/** Milliseconds between two looks at running runs. */
const WATCH_MS = 200;
const MARKER_MS = 1000;

interface Watch {
  ticks: number;
  moved: number;
  computed: number;
  looked: number;
  marked: number;
}

/**
 * Starts runs and watches over them. A run that was started ends in exactly one way: with a record in the tree, or, when the
 * tree cannot take it, as a fault that says so. Ends never change.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #active = new Map<string, RunHandle>();
  readonly #ended = new Map<string, RunHandle>();
  readonly #watches = new Map<string, Watch>();
  readonly #timer: NodeJS.Timeout;
  #latest: RunHandle | undefined;
  #reserved = 0;
  #closing = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#look();
    }, WATCH_MS);
    this.#timer.unref();
  }

  /** Runs that are not over, oldest first. */
  get active(): readonly RunHandle[] {
    return [...this.#active.values()];
  }

  /** The run that was started last; undefined before the first. */
  get latest(): RunHandle | undefined {
    return this.#latest;
  }

  /** A run of this process that is active or ended not long ago. */
  get(id: string): RunHandle | undefined {
    return this.#active.get(id) ?? this.#ended.get(id);
  }

  /** @throws Refusal run-active, shutting-down */
  requireFree(): void {
    if (this.#closing)
      throw new Refusal('shutting-down', 'The service is shutting down and starts nothing more');
    const busy = this.#active.size + this.#reserved;
    if (busy < this.#options.max_active) return;
    const [first] = this.#active.keys();
    const what = first === undefined ? 'another run is being started' : `run ${first} is active`;
    const detail = `${what}; this service runs ${String(this.#options.max_active)} at once`;
    throw new Refusal('run-active', detail, first === undefined ? {} : { run_id: first });
  }

  /**
   * Starts a run. It is under way, and its marker durable, when this resolves.
   *
   * @throws Refusal run-active, shutting-down; AetherError STATE_UNUSABLE
   */
  async start(plan: RunPlan, paused = false): Promise<RunHandle> {
    this.requireFree();
    const { clock, random } = this.#options;
    const started = clock.now();
    const handle = new RunHandle(newRunId(started, random), plan, started);
    if (paused) handle.control.pause();
    this.#reserved++;
    try {
      await this.#mark(handle);
    } finally {
      this.#reserved--;
    }
    if (this.#closing) {
      await this.#options.state.remove(markerName(handle.id));
      throw new Refusal('shutting-down', 'The service is shutting down and starts nothing more');
    }
    this.#active.set(handle.id, handle);
    this.#watches.set(handle.id, { ticks: 0, moved: started, computed: 0, looked: started, marked: started });
    this.#latest = handle;
    this.#options.onChange?.(handle);
    void this.#supervise(handle);
    return handle;
  }

  /** Asks a run to stop at its next tick; one that does not is given up. Resolves when it is over. */
  stop(handle: RunHandle, reason: 'cancelled' | 'timed_out' | 'shut_down' = 'cancelled'): Promise<RunEnd> {
    if (handle.stopReason === null && handle.phase === 'computing') {
      handle.stopReason = reason;
      handle.control.requestStop();
      const timer = setTimeout(() => {
        handle.abandon.abort();
      }, this.#options.grace_ms);
      void handle.over.then(() => {
        clearTimeout(timer);
      });
    }
    return handle.over;
  }

  /** Stops what runs and waits until every end is durable. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.active.map((handle) => this.stop(handle, 'shut_down')));
    clearInterval(this.#timer);
  }

  async #supervise(handle: RunHandle): Promise<void> {
    let end: RunEnd;
    try {
      end = await this.#publish(handle, await this.#compute(handle));
    } catch (error) {
      // A bug must not leave a run that never ends.
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      end = this.#endOf(handle, {
        code: 'SERVICE_ERROR',
        message,
        tick: handle.control.ticksCompleted,
        place: null,
      });
    }
    await this.#forget(handle, end);
    this.#active.delete(handle.id);
    this.#watches.delete(handle.id);
    this.#remember(handle);
    handle.finish(end);
    this.#options.onChange?.(handle);
  }

  async #compute(handle: RunHandle): Promise<{ readonly result: RunJobResult; readonly ending: Ending }> {
    const { executor, store } = this.#options;
    try {
      const result = await executor.execute(this.#job(handle), handle.abandon.signal);
      return { result, ending: endingOf(handle, result) };
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      const staged = error instanceof StagingError ? error.staged : [];
      await store.discard(staged).catch(() => undefined);
      const ticks = handle.control.ticksCompleted;
      const { outcome: _outcome, ...nothing } = { ...NOTHING_MADE, outcome: null };
      const ending = abandonedEnding(handle, error, ticks);
      return {
        result: {
          ...nothing,
          outcome: { state: 'failed', failure: ending.failure! },
          ticks_completed: ticks,
        },
        ending,
      };
    }
  }

  #job({ id, plan, control, board }: RunHandle): WatchedJob {
    return {
      id,
      inputs: plan.resolved,
      stager: this.#options.store.stager,
      retain: plan.retain,
      chunk_bytes: null,
      control: control.buffer,
      board: board.buffer,
      spool: this.#options.state.file('live', spoolName(id)),
    };
  }

  async #publish(
    handle: RunHandle,
    { result, ending }: { result: RunJobResult; ending: Ending },
  ): Promise<RunEnd> {
    const { clock, store, engine } = this.#options;
    handle.phase = 'publishing';
    const { plan } = handle;
    const execution = { id: handle.id, started: handle.started, ended: clock.now(), engine };
    const record = runRecord({ planned: plan, execution, result, ending });
    const useless = result.artefacts.length === 0 && result.blobs.length > 0;
    const cacheable = unexpected(plan.expect, ending.state, ending.failure) === null;
    try {
      if (useless) await store.discard(result.blobs);
      await store.publish({ record, blobs: useless ? [] : result.blobs, cacheable });
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      await store.discard(result.blobs).catch(() => undefined);
      const message = `the run was computed but could not be kept: ${error.message}`;
      return this.#endOf(handle, { code: error.code, message, tick: result.ticks_completed, place: null });
    }
    const { ended } = execution;
    const { ticks_completed } = result;
    return {
      state: RESULT_OF[ending.state],
      failure: ending.failure,
      ended,
      ticks_completed,
      recorded: true,
    };
  }

  /** The end of a run that the tree knows nothing of. */
  #endOf(handle: RunHandle, failure: RunFailure): RunEnd {
    const ticks_completed = failure.tick ?? handle.control.ticksCompleted;
    return { state: 'fault', failure, ended: this.#options.clock.now(), ticks_completed, recorded: false };
  }

  /** Clears up after a run; one without a record leaves its marker, so that the next start can try again. */
  async #forget(handle: RunHandle, end: RunEnd): Promise<void> {
    const { state } = this.#options;
    try {
      if (end.recorded) {
        await state.remove(markerName(handle.id));
        state.drop('live', spoolName(handle.id));
      } else await this.#mark(handle, end);
    } catch {
      // Without room for a marker the one written before still tells that the run did not complete.
    }
  }

  #remember(handle: RunHandle): void {
    this.#ended.set(handle.id, handle);
    for (const [id, old] of this.#ended) {
      if (this.#ended.size <= REMEMBERED) return;
      if (old.end?.recorded !== false) this.#ended.delete(id);
    }
  }

  async #mark(handle: RunHandle, end?: RunEnd): Promise<void> {
    const { clock, engine, state } = this.#options;
    const marker: RunMarker = {
      v: 1,
      id: handle.id,
      plan: markerPlan(handle.plan),
      engine,
      started_at: new Date(handle.started).toISOString(),
      seen_at: new Date(clock.now()).toISOString(),
      ticks_seen: end?.ticks_completed ?? handle.control.ticksCompleted,
      ...(end?.failure ? { failure: end.failure } : {}),
    };
    await state.write(markerName(handle.id), marker);
  }

  /** Looks after running runs: markers, time limits, threads that are stuck. */
  #look(): void {
    const now = this.#options.clock.now();
    for (const handle of this.#active.values()) {
      const watch = this.#watches.get(handle.id);
      if (watch === undefined || handle.phase !== 'computing') continue;
      const ticks = handle.control.ticksCompleted;
      const waits = handle.control.paused;
      if (!waits) watch.computed += now - watch.looked;
      watch.looked = now;
      if (ticks !== watch.ticks || waits) watch.moved = now;
      if (ticks !== watch.ticks && now - watch.marked >= MARKER_MS) {
        watch.marked = now;
        this.#mark(handle).catch(() => undefined);
      }
      watch.ticks = ticks;
      const limit = handle.plan.timeout_ms;
      if (limit !== null && watch.computed > limit) void this.stop(handle, 'timed_out');
      if (now - watch.moved > this.#options.stall_ms) this.#giveUp(handle, ticks);
    }
  }

  #giveUp(handle: RunHandle, ticks: number): void {
    if (handle.givenUp !== null) return;
    const seconds = String(Math.round(this.#options.stall_ms / 1000));
    const message = `the worker finished no tick for ${seconds} s after tick ${String(ticks)} and was given up`;
    handle.givenUp = { code: 'WORKER_STUCK', message, tick: ticks, place: null };
    handle.abandon.abort();
  }
}

/** How a run ended that came back from its thread. */
function endingOf(handle: RunHandle, result: RunJobResult): Ending {
  const { outcome } = result;
  return outcome.state === 'cancelled' ? stoppedEnding(handle, result.ticks_completed) : outcome;
}

function stoppedEnding({ stopReason, plan }: RunHandle, ticks: number): Ending {
  const after = `stopped after tick ${String(ticks)}`;
  const make = (state: Ending['state'], code: string, message: string): Ending => ({
    state,
    failure: { code, message, tick: ticks, place: null },
  });
  if (stopReason === 'timed_out') {
    return make('timed_out', 'RUN_TIMED_OUT', `did not finish within ${String(plan.timeout_ms)} ms`);
  }
  if (stopReason === 'shut_down')
    return make('cancelled', 'RUN_CANCELLED', `${after} because the service shut down`);
  return make('cancelled', 'RUN_CANCELLED', after);
}

/** How a run ended whose thread did not come back. */
function abandonedEnding(handle: RunHandle, error: AetherError, ticks: number): Ending {
  const failed = (failure: RunFailure): Ending => ({ state: 'failed', failure });
  if (handle.givenUp !== null) return failed(handle.givenUp);
  if (handle.stopReason !== null && error.code === 'WORKER_ABANDONED') {
    const ending = stoppedEnding(handle, ticks);
    const message = `${ending.failure!.message}; its worker did not answer, so what it computed is lost`;
    return { ...ending, failure: { ...ending.failure!, message } };
  }
  return failed({ code: error.code, message: error.message, tick: ticks, place: null });
}
