import { AetherError, errorCode } from '../../base/errors.js';
import type { GrowingFiles, TreeFiles } from '../../base/ports.js';
import { parseRunId, type RunId } from '../../base/run-id.js';
import { ArtefactCollector } from '../../execution/collect-artefacts.js';
import { LogArtefact } from '../../execution/log-artefact.js';
import type { ArtefactStore, BlobStager, StagedBlob } from '../../store/port.js';
import type { ArtefactEntry } from '../../store/record-types.js';
import { linesFrom } from '../logs/log-lines.js';
import type { StateDirectory } from '../state/state-directory.js';
import type { WireLogEntry } from '../wire/log.js';
import { markerCheck, recordOfMarker } from './marker-document.js';
import { markerName, shownName, spoolName, type RunMarker } from './run-marker.js';

export interface RecoveryOptions {
  readonly state: StateDirectory;
  readonly store: ArtefactStore;
  readonly stager: BlobStager;
  readonly files: TreeFiles;
  readonly growing: GrowingFiles;
}

/**
 * Records the runs that were running when a service was killed: as failed at the last tick that the service
 * may have shown, with the log up to that point. May be repeated after an interruption. Returns the ids,
 * oldest first.
 */
export async function recordInterrupted(options: RecoveryOptions): Promise<readonly RunId[]> {
  const { state, store } = options;
  const recorded: RunId[] = [];
  for (const name of state.names('runs')) {
    const id = parseRunId(name);
    if (id === undefined) continue;
    const { value: marker } = state.read(markerName(id), markerCheck(id));
    if (marker === undefined) continue;
    if ((await store.run(id)) === undefined && (await recordOne(marker, options))) recorded.push(id);
    state.drop('live', spoolName(id));
    state.drop('live', shownName(id));
    await state.remove(markerName(id));
  }
  return recorded;
}

/**
 * False if the run has a record after all: the service that was suspended while publishing it finished first.
 */
async function recordOne(marker: RunMarker, options: RecoveryOptions): Promise<boolean> {
  const { state, store, files } = options;
  const log = await adoptLog(state.file('live', spoolName(marker.id)), options);
  const shown = shownTick(state.file('live', shownName(marker.id)), files);
  const ticks = Math.min(Math.max(marker.ticks_seen, shown, log.tick), marker.plan.ticks_total);
  // A run with an end in its marker has a known number of ticks.
  const known = marker.failure === undefined ? ticks : marker.ticks_seen;
  const record = recordOfMarker(marker, { ticks: known, artefacts: log.artefacts });
  try {
    await store.publish({ record, blobs: log.blobs, cacheable: false });
    return true;
  } catch (error) {
    if (errorCode(error) === 'STORE_RUN_EXISTS') return false;
    throw error;
  }
}

/** The last tick that a client has seen; 0 if unknown. */
function shownTick(path: string, files: TreeFiles): number {
  try {
    const text = files.readText(path) ?? '';
    return /^\d{1,15}$/.test(text) ? Number(text) : 0;
  } catch {
    return 0;
  }
}

interface AdoptedLog {
  readonly artefacts: readonly ArtefactEntry[];
  readonly blobs: readonly StagedBlob[];
  /** The last tick that the log reports as complete. */
  readonly tick: number;
}

const NO_LOG: AdoptedLog = { artefacts: [], blobs: [], tick: 0 };

/**
 * The live log as an artefact, without invalid lines. A log that cannot be stored must not prevent the
 * record.
 */
async function adoptLog(path: string, { stager, files, growing }: RecoveryOptions): Promise<AdoptedLog> {
  const { kind, size } = files.stat(path) ?? { kind: 'missing', size: 0 };
  if (kind !== 'file' || size === 0) return NO_LOG;
  const source = {
    size,
    ended: true,
    read: (from: number, length: number) => growing.read(path, from, length),
  };
  try {
    const collector = new ArtefactCollector(stager, 'full');
    const log = new LogArtefact(collector);
    let offset = 0;
    let last = 0;
    for (;;) {
      const lines = await linesFrom(source, offset);
      for (const { text } of lines) {
        const tick = tickOf(text);
        if (tick === undefined) continue;
        log.write(`${text}\n`, tick.of);
        if (tick.complete) last = Math.max(last, tick.of);
      }
      if (lines.length === 0) break;
      offset = lines.at(-1)!.end;
    }
    log.flush();
    return { artefacts: collector.finish().artefacts, blobs: collector.blobs, tick: last };
  } catch (error) {
    if (!(error instanceof AetherError) && errorCode(error) === undefined) throw error;
    return NO_LOG;
  }
}

/**
 * The tick of an entry, 0 for none, and whether the entry reports it as complete; undefined for an invalid
 * line.
 */
function tickOf(line: string): { readonly of: number; readonly complete: boolean } | undefined {
  try {
    const { event_type, level, timestamp, payload } = JSON.parse(line) as WireLogEntry;
    if (![event_type, level, timestamp].every((text) => typeof text === 'string')) return undefined;
    const tick = Number.isSafeInteger(payload?.['tick']) ? Math.max(0, payload!['tick'] as number) : 0;
    return { of: tick, complete: event_type !== 'fault' };
  } catch {
    return undefined;
  }
}
