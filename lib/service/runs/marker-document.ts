import type { RunId } from '../../base/run-id.js';
import { wrongField } from '../../store/record-schemas.js';
import { NO_RESULT, type RunRecord } from '../../store/record-types.js';
import type { DocumentCheck } from '../state/document-check.js';
import type { RunMarker } from './run-marker.js';

/** The record of a run without one, from its marker. `ticks` is the last known tick. */
export function recordOfMarker(
  { id, plan, engine, started_at, seen_at, failure: known }: RunMarker,
  { ticks, artefacts }: Pick<RunRecord, 'artefacts'> & { readonly ticks: number },
): RunRecord {
  const { documents, ...planned } = plan;
  const message = `service stopped at tick ${String(ticks)}`;
  const failure = known ?? { code: 'SERVICE_STOPPED', message, tick: ticks, place: null };
  return {
    schema: 'aether-run/1',
    id,
    ...planned,
    inputs: documents,
    state: 'failed',
    failure,
    started_at,
    ended_at: seen_at,
    ticks_completed: ticks,
    engine,
    artefacts,
    result_digest: NO_RESULT,
    metrics: null,
    loom: { tip: null, i_blocks: 0 },
    golden: null,
    expected: false,
  };
}

/** A check of the marker of one run: a valid marker can be converted to a record. */
export function markerCheck(id: RunId): DocumentCheck<RunMarker> {
  return (value) => {
    const marker = value as RunMarker | null;
    if (typeof marker !== 'object' || marker === null || Array.isArray(marker))
      return { problem: 'is not an object' };
    if (marker.v !== 1) return { problem: '/v must be 1' };
    if (marker.id !== id) return { problem: '/id must be the name of the file' };
    if (typeof marker.plan !== 'object' || marker.plan === null)
      return { problem: '/plan must be an object' };
    const record = recordOfMarker(marker, { ticks: marker.ticks_seen, artefacts: [] });
    const field = wrongField(record);
    return field === undefined ? { value: marker } : { problem: `the ${field} derived from it is wrong` };
  };
}
