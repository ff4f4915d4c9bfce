import { RunningDigest } from '../../base/digest.js';
import { importInvalid } from './archive-member.js';
import type { BlobStager, StagedBlob } from '../port.js';
import type { ArtefactEntry } from '../record-types.js';

/** Target of the chunks of an artefact. */
export interface StageTarget {
  readonly stager: BlobStager;
  /** Receives the staged blobs, even if staging fails later. */
  readonly blobs: StagedBlob[];
}

/**
 * Cuts bytes at the recorded chunk borders and stages them. Holds one chunk at a time, and stops at the first
 * mismatch.
 *
 * @throws AetherError STORE_IMPORT_INVALID, or the errors of staging
 */
export async function stageArtefact(
  pieces: AsyncIterable<Uint8Array>,
  artefact: ArtefactEntry,
  target: StageTarget,
): Promise<void> {
  const cutter = new ChunkCutter(artefact, target);
  for await (const piece of pieces) cutter.take(piece);
  cutter.finish();
}

class ChunkCutter {
  readonly #whole = new RunningDigest();
  #next = 0;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(
    private readonly artefact: ArtefactEntry,
    private readonly target: StageTarget,
  ) {}

  take(piece: Uint8Array): void {
    this.#whole.update(piece);
    for (let rest = piece; rest.length > 0;) {
      this.#stageFull();
      const chunk = this.artefact.chunks[this.#next];
      if (chunk === undefined) throw this.#mismatch('is longer than recorded');
      const part = rest.subarray(0, chunk.size - this.#heldBytes);
      this.#held.push(part);
      this.#heldBytes += part.length;
      rest = rest.subarray(part.length);
    }
  }

  finish(): void {
    this.#stageFull();
    if (this.#next < this.artefact.chunks.length) throw this.#mismatch('is shorter than recorded');
    if (this.#whole.finish() !== this.artefact.digest)
      throw this.#mismatch('does not match its recorded digest');
  }

  /** Stages the current chunk once all its bytes are present, and empty chunks after it. */
  #stageFull(): void {
    const { chunks } = this.artefact;
    for (let chunk = chunks[this.#next]; chunk?.size === this.#heldBytes; chunk = chunks[++this.#next]) {
      const blob = this.target.stager.put(Buffer.concat(this.#held));
      this.target.blobs.push(blob);
      if (blob.digest !== chunk.digest) throw this.#mismatch('does not match its recorded chunks');
      this.#held = [];
      this.#heldBytes = 0;
    }
  }

  #mismatch(why: string): Error {
    return importInvalid(`${this.artefact.kind} ${why}`);
  }
}
