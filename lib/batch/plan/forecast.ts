import type { RunInputs } from '../../engine/inputs.js';
import type { RunRecord } from '../../store/records.js';
import type { RunForecast } from './planned-run.js';

/** Nanoseconds per tick and per node or edge, measured on a slow machine; only their proportions matter. */
const TICK_NS = 40_000;
const ELEMENT_NS = 1_200;
const START_NS = 1_500_000;

/** Milliseconds by the amount of work alone. */
export function estimatedMs({ run, topology }: RunInputs): number {
  return (START_NS + run.ticks * (TICK_NS + ELEMENT_NS * (topology.N + topology.edges.length))) / 1e6;
}

/** What a run will cost, from its last execution under the same name, else from the amount of work. */
export function forecast(inputs: RunInputs, last: RunRecord | undefined): RunForecast {
  const { run } = inputs;
  if (last?.state !== 'completed' || last.ticks_total === 0) {
    return { duration_ms: estimatedMs(inputs), bytes: null, from_history: false };
  }
  const scale = run.ticks / last.ticks_total;
  const took = Date.parse(last.ended_at) - Date.parse(last.started_at);
  const bytes = last.artefacts.reduce((sum, artefact) => sum + (artefact.stored ? artefact.size : 0), 0);
  return { duration_ms: Math.max(took, 1) * scale, bytes: Math.round(bytes * scale), from_history: true };
}
