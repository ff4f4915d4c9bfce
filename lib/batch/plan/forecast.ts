import type { RunInputs } from '../../engine/inputs.js';
import { COMPACT_KINDS } from '../../session/records.js';
import { durationOf, type RunRecord } from '../../store/record-types.js';
import type { RunForecast } from './planned-run.js';

/** Nanoseconds per tick and per node or edge, measured on a slow machine; only the proportions matter. */
const TICK_NS = 40_000;
const ELEMENT_NS = 1_200;
const START_NS = 1_500_000;

/** Milliseconds estimated from the amount of work. */
export function estimatedMs({ run, topology }: RunInputs): number {
  return (START_NS + run.ticks * (TICK_NS + ELEMENT_NS * (topology.N + topology.edges.length))) / 1e6;
}

/** Forecast of a run without history. */
export function guessed(estimated_ms: number): RunForecast {
  return { duration_ms: estimated_ms, bytes: null, from_history: false };
}

/** Forecast of a run from the run with its last result, otherwise from the amount of work. */
export function forecast(
  { ticks_total, estimated_ms }: { readonly ticks_total: number; readonly estimated_ms: number },
  last: RunRecord | undefined,
  retain: RunRecord['retain'],
): RunForecast {
  if (last?.state !== 'completed' || last.ticks_total === 0) {
    return guessed(estimated_ms);
  }
  const scale = ticks_total / last.ticks_total;
  return {
    duration_ms: measuredMs(last) * scale,
    bytes: Math.round(keptBytes(last, retain) * scale),
    from_history: true,
  };
}

/** Wall time of a recorded run in milliseconds; at least one. */
export function measuredMs(run: Pick<RunRecord, 'started_at' | 'ended_at'>): number {
  return Math.max(durationOf(run), 1);
}

/** Stored bytes of a similar run; the record also has the size of artefacts that are not stored. */
function keptBytes({ artefacts }: RunRecord, retain: RunRecord['retain']): number {
  const kept = artefacts.filter(({ kind }) =>
    retain === 'full' ? kind !== 'state_checkpoints' : COMPACT_KINDS.some((compact) => compact === kind),
  );
  return kept.reduce((sum, { size }) => sum + size, 0);
}
