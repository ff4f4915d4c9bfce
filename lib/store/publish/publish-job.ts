import type { Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import { requireStoreName, requireTemp } from '../layout.js';
import type { Publication, StagedBlob } from '../port.js';
import { sealRecord } from '../record-file.js';
import type { RunRecord } from '../records.js';

/** A staged blob on disk. */
export type DiskBlob = Extract<StagedBlob, { at: 'disk' }>;

/** One publish call on its way through a group. */
export class PublishJob {
  readonly record: RunRecord;
  readonly blobs: readonly DiskBlob[];
  readonly publication: Publication;
  /** The bytes of the record file. */
  readonly sealed: string;
  #failure: Error | undefined;

  /** @throws AetherError STORE_BAD_NAME; InvariantError when a blob was staged for another store */
  constructor(run: Publication) {
    requireStoreName(run.record.id, 'run id');
    requireStoreName(run.record.name, 'run name');
    this.record = run.record;
    this.blobs = diskBlobs(run.blobs);
    this.publication = run;
    this.sealed = sealRecord(run.record);
  }

  /** What kept the run from being published; the first cause wins. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  fail(error: Error): void {
    this.#failure ??= error;
  }
}

/** Staged blobs of a disk store, their temp names checked. */
export function diskBlobs(blobs: readonly StagedBlob[]): readonly DiskBlob[] {
  return blobs.map((blob) => {
    if (blob.at !== 'disk')
      throw new AetherError('STORE_BAD_STAGE', 'a blob staged in memory cannot be published on disk');
    requireTemp(blob.temp);
    return blob;
  });
}

/** Digest and size of every blob the record says is stored. */
export function* storedBlobs(record: RunRecord): Generator<{ digest: Digest; size: number; kind: string }> {
  for (const artefact of record.artefacts) {
    if (!artefact.stored) continue;
    for (const chunk of artefact.chunks)
      yield { digest: chunk.digest, size: chunk.size, kind: artefact.kind };
  }
}
