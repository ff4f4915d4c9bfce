import type { Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { Executor } from '../../execution/executor.js';
import { disagreementWith, unexpected } from '../../execution/expectation.js';
import { endingOf, lostExecution, type EndedExecution } from '../../execution/ending.js';
import { publishResult } from '../../execution/publish-result.js';
import { StagingError } from '../../execution/run-execution.js';
import type { RunJobResult } from '../../execution/run-job.js';
import { runRecord } from '../../execution/run-record.js';
import type { WatchedJob } from '../live/watched-job.js';
import type { ArtefactStore } from '../../store/port.js';
import type { EngineStamp, RunFailure, RunRecord } from '../../store/record-types.js';
import type { StateDirectory } from '../state/state-directory.js';
import { RESULT_OF } from './record-status.js';
import type { RunEnd, RunHandle } from './run-handle.js';
import { spoolName } from './run-marker.js';

/** The services that executing a run needs. */
export interface RunPlace {
  readonly executor: Executor;
  readonly store: ArtefactStore;
  readonly state: StateDirectory;
  readonly engine: EngineStamp;
  /** Resolves after that many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** True once the service is shutting down. */
  readonly isClosing: () => boolean;
}

/**
 * Computes a run on its thread and publishes its result. Never rejects: every error becomes the end of the
 * run.
 */
export async function executeRun(handle: RunHandle, place: RunPlace): Promise<RunEnd> {
  try {
    return await publish(handle, await compute(handle, place), place);
  } catch (error) {
    // A bug must not leave a run that never ends.
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const tick = handle.control.ticksCompleted;
    return unrecorded(handle, { code: 'SERVICE_ERROR', message, tick, place: null });
  }
}

async function compute(handle: RunHandle, place: RunPlace): Promise<EndedExecution> {
  try {
    const result = await place.executor.execute(jobOf(handle, place), handle.run.signal);
    return { result, ending: endingOf(handle.run, result) };
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    const staged = error instanceof StagingError ? error.staged : [];
    await place.store.discard(staged).catch(() => undefined);
    return lostExecution(handle.run, error);
  } finally {
    handle.run.end();
  }
}

function jobOf({ id, plan, control, live }: RunHandle, { store, state }: RunPlace): WatchedJob {
  return {
    id,
    inputs: plan.packed,
    stager: store.stager,
    retain: plan.retain,
    chunk_bytes: null,
    control: control.buffer,
    live: live.buffer,
    spool: state.file('live', spoolName(id)),
  };
}

async function publish(
  handle: RunHandle,
  { result, ending }: EndedExecution,
  place: RunPlace,
): Promise<RunEnd> {
  const { store, engine, state } = place;
  const { plan } = handle;
  handle.phase = 'publishing';
  const execution = { id: handle.id, started: handle.started, ended: handle.watch.time, engine };
  const wrong = await disagreementOf(plan.input_key, { result, ending }, store);
  const judged = { state: ending.state, failure: wrong ?? ending.failure };
  const expected = wrong === null && unexpected(plan.expect, ending.state, ending.failure) === null;
  const answers = { answers: expected, expected };
  const record = { ...runRecord({ planned: plan, execution, result, ending: judged }), ...answers };
  if (!state.isOwned()) return lostState(handle, result, place);
  try {
    await publishResult(store, record, result, { cacheable: expected });
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    if (!(await isKept({ record, cacheable: expected }, place))) {
      await store.discard(result.blobs).catch(() => undefined);
      const message = `the run was computed but could not be stored: ${error.message}`;
      const failure = { code: error.code, message, tick: result.ticks_completed, place: null };
      return unrecorded(handle, failure);
    }
  }
  const { ended } = execution;
  const { ticks_completed } = result;
  const how = RESULT_OF[ending.state];
  return { state: how, expected, failure: judged.failure, ended, ticks_completed, recorded: true };
}

/** Compares with the run that answers for the same inputs. If the store cannot be read, its publication fails as well and reports it. */
async function disagreementOf(
  key: Digest,
  { result, ending }: EndedExecution,
  store: ArtefactStore,
): Promise<RunFailure | null> {
  const standing = await store.runForKey(key).catch(() => undefined);
  return disagreementWith(standing ?? null, ending.state, result.result_digest);
}

/** Milliseconds between two attempts to read a store that cannot be read. */
const LOOK_MS = 500;

/**
 * True if the record is in the tree although its publication failed: the next start of the service finds it, so it decides how the run
 * ended. Missing references are published again.
 */
async function isKept(
  { record, cacheable }: { readonly record: RunRecord; readonly cacheable: boolean },
  { store, pause, isClosing }: RunPlace,
): Promise<boolean> {
  // The end of the run is announced only once it is certain, because an announced end never changes.
  for (;;) {
    try {
      const kept = await store.run(record.id);
      if (kept?.started_at !== record.started_at || kept.state !== record.state) return false;
      // A run counts without its references: its record is found by its name and its key.
      await store.publish({ record, blobs: [], cacheable }).catch(() => undefined);
      return true;
    } catch {
      if (isClosing()) return false;
      await pause(LOOK_MS);
    }
  }
}

/** The end of a run whose state directory another service has taken over; that service has recorded its end. */
async function lostState(handle: RunHandle, result: RunJobResult, place: RunPlace): Promise<RunEnd> {
  await place.store.discard(result.blobs).catch(() => undefined);
  const message = 'another service has taken over the state directory';
  return unrecorded(handle, { code: 'STATE_LOST', message, tick: result.ticks_completed, place: null });
}

/** The end of a run that has no record in the tree. */
function unrecorded(handle: RunHandle, failure: RunFailure): RunEnd {
  const ticks_completed = failure.tick ?? handle.control.ticksCompleted;
  return {
    state: 'fault',
    expected: false,
    failure,
    ended: handle.watch.time,
    ticks_completed,
    recorded: false,
  };
}
