import { RunningDigest, sha256, type Digest } from '../base/digest.js';
import { resultDigest } from '../base/result-digest.js';
import {
  ARTEFACT_KINDS,
  COMPACT_KINDS,
  isJsonKind,
  type ArtefactKind,
  type ChunkSpan,
  type RunSink,
} from '../session/records.js';
import type { BlobStager, StagedBlob } from '../store/port.js';
import type { ArtefactEntry, ChunkEntry } from '../store/record-types.js';

export interface CollectedArtefacts {
  /** In ARTEFACT_KINDS order. */
  readonly artefacts: readonly ArtefactEntry[];
  readonly result_digest: Digest;
}

/** Digest of an artefact without bytes. */
const NOTHING = sha256('');

interface OpenArtefact {
  /** Digest of all chunks so far; undefined before the first, and if the only one is the whole. */
  running: RunningDigest | undefined;
  whole: Digest;
  readonly chunks: ChunkEntry[];
  readonly stored: boolean;
  size: number;
  records: number;
}

/** Receives the bytes of a run, stages each chunk as a blob, and keeps only digests and counts in memory. */
export class ArtefactCollector implements RunSink {
  /** Everything staged so far, also by a failed run. */
  readonly blobs: StagedBlob[] = [];
  readonly #open = new Map<ArtefactKind, OpenArtefact>();
  readonly #stager: BlobStager;
  readonly #retain: 'full' | 'compact';

  constructor(stager: BlobStager, retain: 'full' | 'compact') {
    this.#stager = stager;
    this.#retain = retain;
  }

  open(kind: ArtefactKind): void {
    if (this.#open.has(kind)) return;
    this.#open.set(kind, {
      running: undefined,
      whole: NOTHING,
      chunks: [],
      stored: this.#retain === 'full' || COMPACT_KINDS.includes(kind),
      size: 0,
      records: 0,
    });
  }

  /** @throws AetherError STORE_* when the bytes cannot be staged. */
  chunk(kind: ArtefactKind, bytes: Uint8Array, span: ChunkSpan, isLast = false): void {
    this.open(kind);
    const artefact = this.#open.get(kind)!;
    const isWhole = isLast && artefact.running === undefined;
    if (!isWhole) (artefact.running ??= new RunningDigest()).update(bytes);
    artefact.size += bytes.length;
    artefact.records += span.records;
    if (artefact.stored) {
      const blob = this.#stager.put(bytes);
      this.blobs.push(blob);
      artefact.chunks.push({ digest: blob.digest, size: blob.size, ...span });
      if (isWhole) artefact.whole = blob.digest;
    } else if (isWhole) artefact.whole = sha256(bytes);
  }

  /** Closes all digests; call once. */
  finish(): CollectedArtefacts {
    const artefacts: ArtefactEntry[] = [];
    for (const kind of ARTEFACT_KINDS) {
      const artefact = this.#open.get(kind);
      if (artefact === undefined) continue;
      const digest = artefact.running?.finish() ?? artefact.whole;
      artefacts.push({
        kind,
        media_type: isJsonKind(kind) ? 'application/json' : 'application/x-ndjson',
        digest,
        size: artefact.size,
        records: artefact.records,
        chunks: artefact.chunks,
        stored: artefact.stored,
      });
    }
    return { artefacts, result_digest: resultDigest(artefacts) };
  }
}
