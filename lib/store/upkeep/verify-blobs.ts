import { RunningDigest, sha256, type Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { DiskReader, Lister } from '../disk-reader.js';
import { relative } from '../layout.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import type { ArtefactEntry } from '../record-types.js';
import { onFile } from '../system-error.js';
import { blobFiles, blobSize } from './walk-tree.js';

/** Progress of reading blobs. */
export interface VerifyProgress {
  readonly blobs: number;
  readonly bytes: number;
}

/** Condition of the bytes of a blob. */
type BlobCondition = 'good' | 'missing' | 'corrupt';

/** Finding of verify for a blob: its condition, or that it may not be read. */
export type BlobFinding = BlobCondition | 'unreadable';

/**
 * Hashes every blob of a store, each byte once: the chunks of an artefact are hashed together against the
 * digest of the whole, which with their sizes verifies each of them. Only if that fails are they hashed one
 * by one.
 */
export class BlobVerifier {
  readonly #reader: DiskReader;
  readonly #onProgress: (progress: VerifyProgress) => void;
  readonly #yieldTimer = new YieldTimer();
  readonly #conditions = new Map<Digest, BlobFinding>();
  /** Intact artefacts of several chunks. */
  readonly #wholes = new Set<Digest>();
  #blobs = 0;
  #bytes = 0;

  constructor(reader: DiskReader, onProgress: (progress: VerifyProgress) => void) {
    this.#reader = reader;
    this.#onProgress = onProgress;
  }

  get progress(): VerifyProgress {
    return { blobs: this.#blobs, bytes: this.#bytes };
  }

  /** Digests of bad blobs so far. */
  *bad(): Generator<[Digest, Exclude<BlobFinding, 'good'>]> {
    for (const [digest, condition] of this.#conditions) if (condition !== 'good') yield [digest, condition];
  }

  /** The damage of an artefact whose blobs are all intact; undefined if there is none. */
  async artefact(artefact: ArtefactEntry): Promise<string | undefined> {
    const { chunks } = artefact;
    const size = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
    if (size !== artefact.size) return `is ${String(artefact.size)} bytes, its chunks are ${String(size)}`;
    if (chunks.length !== 1 && (await this.#wholeIsGood(artefact))) return undefined;
    let good = true;
    for (const chunk of chunks) good = (await this.blob(chunk.digest, chunk.size)) === 'good' && good;
    // A bad chunk is reported separately; the artefact itself is at fault only if all chunks are intact.
    const fits = chunks.length === 1 && chunks[0]!.digest === artefact.digest;
    return !good || fits ? undefined : `its chunks do not match ${artefact.digest}`;
  }

  /** Condition of one blob, checked once. */
  async blob(digest: Digest, size?: number): Promise<BlobFinding> {
    const known = this.#conditions.get(digest);
    if (known !== undefined) return known;
    const condition = this.#tryRead(() => checkBlob(this.#reader, digest, size));
    const found = size ?? this.#tryRead(() => blobSize(this.#reader, digest));
    this.#settle(digest, condition, typeof found === 'number' ? found : 0);
    if (this.#yieldTimer.isDue) await this.#yieldTimer.yield();
    return condition;
  }

  /** Checks the blobs that no artefact refers to. */
  async rest(tree: Lister): Promise<void> {
    for (const digest of blobFiles(tree)) await this.blob(digest);
  }

  /**
   * True if the concatenated chunks match the artefact; each artefact is read once, even if many runs share
   * it.
   */
  async #wholeIsGood(artefact: ArtefactEntry): Promise<boolean> {
    const key = sha256([artefact.digest, ...artefact.chunks.map(({ digest }) => digest)].join(' '));
    if (this.#wholes.has(key)) return true;
    const running = new RunningDigest();
    for (const { digest, size } of artefact.chunks) {
      if (this.#tryRead(() => this.#feed(digest, size, running)) !== true) return false;
      if (this.#yieldTimer.isDue) await this.#yieldTimer.yield();
    }
    if (running.finish() !== artefact.digest) return false;
    for (const chunk of artefact.chunks) this.#settle(chunk.digest, 'good', chunk.size);
    this.#wholes.add(key);
    return true;
  }

  /** False if the file does not exist or has another size. */
  #feed(digest: Digest, size: number, running: RunningDigest): boolean {
    const path = relative.blob(digest);
    return onFile('read', path, () => {
      const entry = this.#reader.files.stat(this.#reader.path(path));
      if (entry?.kind !== 'file' || entry.size !== size) return false;
      this.#reader.files.readPieces(this.#reader.path(path), (piece) => {
        running.update(piece);
      });
      return true;
    });
  }

  /**
   * An unreadable sector is reported as damage, and a file without permission as unreadable; neither stops
   * the check.
   */
  #tryRead<T>(read: () => T): T | 'corrupt' | 'unreadable' {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      if (error.code === 'STORE_READ_ONLY') return 'unreadable';
      if (error.code === 'STORE_IO' || error.code === 'STORE_SYMLINK') return 'corrupt';
      throw error;
    }
  }

  #settle(digest: Digest, condition: BlobFinding, size: number): void {
    if (this.#conditions.has(digest)) return;
    this.#conditions.set(digest, condition);
    this.#blobs += 1;
    this.#bytes += size;
    this.#onProgress(this.progress);
  }
}

/**
 * Compares a blob with its digest. It is read in pieces, so that memory does not depend on its size; with the
 * size, truncation is detected early.
 *
 * @throws AetherError STORE_*
 */
export function checkBlob(reader: DiskReader, digest: Digest, size?: number): BlobCondition {
  const path = relative.blob(digest);
  return onFile('read', path, () => {
    const entry = reader.files.stat(reader.path(path));
    if (entry === undefined) return 'missing';
    if (entry.kind !== 'file' || (size !== undefined && entry.size !== size)) return 'corrupt';
    const running = new RunningDigest();
    reader.files.readPieces(reader.path(path), (piece) => {
      running.update(piece);
    });
    return running.finish() === digest ? 'good' : 'corrupt';
  });
}
