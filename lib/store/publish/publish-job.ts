import { sha256, type Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import { requireStoreName, requireTemp } from '../layout.js';
import type { Publication, StagedBlob } from '../port.js';
import { isSameRun, withArrival } from '../arrival.js';
import { sealRecord } from '../record-file.js';
import type { RunRecord } from '../record-types.js';

/** One publish call in a group. */
export class PublishJob {
  /** Without an arrival: the store assigns it. */
  readonly record: RunRecord;
  readonly blobs: readonly StagedBlob[];
  readonly publication: Publication;
  /** The run is published, but a reference to it could not be written, or must not be written yet. */
  owesRefs = false;
  /** The run is published, but the name of its record may not survive a power failure. */
  isUnsettled = false;
  #published: RunRecord;
  #sealed: string | undefined;
  #failure: Error | undefined;

  /**
   * @param takesMemory true if blobs may be staged in memory
   * @throws AetherError STORE_BAD_NAME; InvariantError when a blob was staged for another store
   */
  constructor(run: Publication, takesMemory: boolean) {
    requireStoreName(run.record.id, 'run id');
    requireStoreName(run.record.name, 'run name');
    this.record = this.#published = withArrival(run.record, undefined);
    this.blobs = checkedBlobs(run.blobs, takesMemory);
    this.publication = run;
  }

  /** Sets the place of the run in the order of arrival. */
  arrive(at: number | undefined): void {
    this.#published = withArrival(this.record, at);
    this.#sealed = undefined;
  }

  /** The record to publish. */
  get published(): RunRecord {
    return this.#published;
  }

  /** The bytes of the record file. */
  sealed(): string {
    return (this.#sealed ??= sealRecord(this.published));
  }

  /** True for the record of the same run, with any arrival. */
  isOf(record: RunRecord): boolean {
    return isSameRun(record, this.record);
  }

  /** Why the run is not published; the first cause wins. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  fail(error: Error): void {
    this.#failure ??= error;
  }
}

/** Staged blobs of a disk store: validated names of temporary files, or blobs in memory. */
function checkedBlobs(blobs: readonly StagedBlob[], takesMemory: boolean): readonly StagedBlob[] {
  for (const blob of blobs) {
    if (blob.at === 'disk') requireTemp(blob.temp);
    else if (!takesMemory)
      throw new AetherError('STORE_BAD_STAGE', 'a blob staged in memory cannot be published on disk');
    else if (sha256(blob.bytes) !== blob.digest)
      throw new AetherError('STORE_BLOB_CORRUPT', `staged blob ${blob.digest} does not match its digest`);
  }
  return blobs;
}

/** Names of the temporary files of staged blobs. */
export function tempsOf(blobs: readonly StagedBlob[]): readonly string[] {
  return blobs.flatMap((blob) => (blob.at === 'disk' ? [requireTemp(blob.temp)] : []));
}

/** Digest and size of every blob that the record lists as stored. */
export function* storedBlobs(record: RunRecord): Generator<{ digest: Digest; size: number; kind: string }> {
  for (const artefact of record.artefacts) {
    if (!artefact.stored) continue;
    for (const chunk of artefact.chunks)
      yield { digest: chunk.digest, size: chunk.size, kind: artefact.kind };
  }
}
