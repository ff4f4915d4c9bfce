import type { ConfigRunId, RunId } from '../lib/base/run-id.js';

/** The id of a run, unchecked: tests also pass invalid ones. */
export function runId(text: string): RunId {
  return text as RunId;
}

/** The `run_id` of a RunConfig, unchecked. */
export function configRunId(text: string): ConfigRunId {
  return text as ConfigRunId;
}
