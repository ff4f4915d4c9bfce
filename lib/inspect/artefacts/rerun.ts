import { RunningDigest, sha256 } from '../../base/digest.js';
import type { RunObservables } from '../../base/observables.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { ArtefactKind, ChunkSpan, RunSink } from '../../session/records.js';
import { Session } from '../../session/session.js';
import type { ArtefactEntry, ChunkEntry, RunRecord } from '../../store/record-types.js';
import { YieldTimer } from '../../platform/yield-timer.js';

/** One chunk of a session; the bytes are a copy. */
export interface RerunChunk extends ChunkEntry {
  readonly kind: ArtefactKind;
  readonly bytes: Uint8Array;
}

export interface RerunOptions {
  /** Selects the chunks to yield. */
  readonly wanted: (kind: ArtefactKind, span: ChunkSpan) => boolean;
  /** Called for every artefact, including empty ones. */
  readonly announce?: (kind: ArtefactKind) => void;
  /** Called with the observables of the run, if it is computed to its end. */
  readonly ended?: (observables: RunObservables | null) => void;
  /** Target chunk size in bytes; 1 yields every record separately. */
  readonly chunk_bytes?: number;
}

/**
 * Computes the completed ticks of a recorded run again, and yields the wanted chunks as they are
 * produced, so that memory does not grow with ticks. A consumer that has enough stops iterating.
 */
export async function* rerun(
  inputs: RunInputs,
  record: RunRecord,
  { wanted, announce = () => undefined, ended, chunk_bytes }: RerunOptions,
): AsyncGenerator<RerunChunk> {
  let made: RerunChunk[] = [];
  const sink: RunSink = {
    open: announce,
    chunk(kind, bytes, span) {
      if (!wanted(kind, span)) return;
      made.push({ kind, digest: sha256(bytes), size: bytes.length, ...span, bytes: new Uint8Array(bytes) });
    },
  };
  const session = new Session({ inputs, sink, chunk_bytes });
  const yieldTimer = new YieldTimer();
  for (let tick = 0; tick < record.ticks_completed; tick++) {
    if (!session.step()) break;
    if (yieldTimer.isDue) await yieldTimer.yield();
    if (made.length === 0) continue;
    yield* made;
    made = [];
  }
  // A run that faulted did so in the tick after its last completed one.
  if (record.state === 'faulted') session.step();
  session.finish();
  ended?.(session.observables);
  yield* made;
}

/** Digest, size and record count of an artefact that is fed chunk by chunk. */
export class ArtefactTally {
  readonly #whole = new RunningDigest();
  #size = 0;
  #records = 0;

  add(chunk: Pick<RerunChunk, 'bytes' | 'size' | 'records'>): void {
    this.#whole.update(chunk.bytes);
    this.#size += chunk.size;
    this.#records += chunk.records;
  }

  /** Call once. */
  finish(): Pick<ArtefactEntry, 'digest' | 'size' | 'records'> {
    return { digest: this.#whole.finish(), size: this.#size, records: this.#records };
  }
}
