import { AetherError } from '../../base/errors.js';
import type { GrowingFiles } from '../../base/ports.js';
import { ArtefactCollector } from '../../batch/execute/collect-artefacts.js';
import { LogArtefact } from '../../batch/execute/log-artefact.js';
import type { ArtefactStore, BlobStager, StagedBlob } from '../../store/port.js';
import { NO_RESULT, type ArtefactEntry, type RunRecord } from '../../store/records.js';
import { linesFrom } from '../logs/log-lines.js';
import type { StateDirectory } from '../state/state-directory.js';
import { markerName, spoolName, type RunMarker } from './run-marker.js';

export interface RecoveryOptions {
  readonly state: StateDirectory;
  readonly store: ArtefactStore;
  readonly stager: BlobStager;
  readonly files: GrowingFiles;
}

/**
 * Records the runs that were under way when a service stopped without a word: as failed at the tick that was seen last, with the log
 * as far as it got. Runs again harmlessly when it is interrupted itself. Returns the ids, oldest first.
 */
export async function recordInterrupted(options: RecoveryOptions): Promise<readonly string[]> {
  const { state, store } = options;
  const recorded: string[] = [];
  for (const file of state.names('runs')) {
    const id = file.replace(/\.json$/, '');
    const marker = state.read(markerName(id)) as RunMarker | undefined;
    if (marker === undefined) continue;
    if ((await store.run(id)) === undefined) {
      await recordOne(marker, options);
      recorded.push(id);
    }
    state.drop('live', spoolName(id));
    await state.remove(markerName(id));
  }
  return recorded;
}

async function recordOne(marker: RunMarker, { state, store, stager, files }: RecoveryOptions): Promise<void> {
  const log = await adoptLog(state.file('live', spoolName(marker.id)), stager, files);
  const message = `service stopped at tick ${String(marker.ticks_seen)}`;
  const failure = marker.failure ?? {
    code: 'SERVICE_STOPPED',
    message,
    tick: marker.ticks_seen,
    place: null,
  };
  const record: RunRecord = {
    schema: 'aether-run/1',
    id: marker.id,
    ...marker.plan,
    inputs: marker.plan.documents,
    state: 'failed',
    failure,
    started_at: marker.started_at,
    ended_at: marker.seen_at,
    ticks_completed: marker.ticks_seen,
    engine: marker.engine,
    artefacts: log.artefacts,
    result_digest: NO_RESULT,
    metrics: null,
    loom: { tip: null, i_blocks: 0 },
    golden: null,
  };
  await store.publish({ record: withoutPlan(record), blobs: log.blobs, cacheable: false });
}

/** A record has `inputs` where a plan has `documents`. */
function withoutPlan(record: RunRecord & { readonly documents?: unknown }): RunRecord {
  const { documents: _documents, ...rest } = record;
  return rest;
}

interface AdoptedLog {
  readonly artefacts: readonly ArtefactEntry[];
  readonly blobs: readonly StagedBlob[];
}

/** The live log as an artefact, without a line that was cut off. A log that cannot be kept is not worth losing the record for. */
async function adoptLog(path: string, stager: BlobStager, files: GrowingFiles): Promise<AdoptedLog> {
  const collector = new ArtefactCollector(stager, 'full');
  const source = {
    size: files.size(path),
    ended: true,
    read: (from: number, length: number) => files.read(path, from, length),
  };
  if (source.size === 0) return { artefacts: [], blobs: [] };
  try {
    const log = new LogArtefact(collector);
    let offset = 0;
    for (;;) {
      const lines = await linesFrom(source, offset);
      for (const { text } of lines) log.write(`${text}\n`, tickOf(text));
      if (lines.length === 0) break;
      offset = lines.at(-1)!.end;
    }
    log.flush();
    return { artefacts: collector.finish().artefacts, blobs: collector.blobs };
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    return { artefacts: [], blobs: [] };
  }
}

function tickOf(line: string): number {
  const tick = /"tick":(\d+)/.exec(line)?.[1];
  return tick === undefined ? 0 : Number(tick);
}
