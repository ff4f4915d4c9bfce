import type { RunOptions } from '../../batch/pipeline.js';
import type { Reporter } from '../../batch/report/reporter.js';
import type { Executor } from '../../execution/executor.js';
import { systemClock } from '../../platform/clock.js';
import type { ArtefactStore } from '../../store/port.js';
import { engineStamp } from '../engine-stamp.js';

/** Milliseconds for a stopped run to reach its next tick before it is abandoned. */
const GRACE_MS = 10_000;

/** The surroundings of runs that this process supervises. */
export function onThisMachine(
  store: ArtefactStore,
  executor: Executor,
  env: NodeJS.ProcessEnv,
): RunOptions['around'] {
  return {
    executor,
    store,
    clock: systemClock,
    random: Math.random,
    engine: engineStamp(env),
    grace_ms: GRACE_MS,
    chunk_bytes: null,
  };
}

/** Shows nothing. */
export const UNWATCHED: Reporter = { onEvent: () => undefined, close: () => undefined };

export const NO_LIMITS: RunOptions['limits'] = { max_failures: null, global_timeout_ms: null };
