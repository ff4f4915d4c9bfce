import { RunningDigest } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import type { Outcome, OutcomePieces } from './batch-outcomes.js';
import type { DiskReader } from './disk-reader.js';
import { ElementSplitter } from './element-splitter.js';
import { isStoreName, relative } from './layout.js';
import { SEAL_BYTES, sealOf } from './record-file.js';
import { onFile } from './system-error.js';

/** Size from which a record is not read as a whole. */
const LARGE = 4 << 20;
/** Bytes read at once. */
const PIECE = 512 << 10;

/**
 * The outcomes of a batch with a large record, whose checksum is verified before the first one is returned.
 * Undefined for a batch that is missing or small.
 *
 * @throws AetherError STORE_RECORD_CORRUPT
 */
export function largeOutcomes(reader: DiskReader, id: string): OutcomePieces | undefined {
  if (!isStoreName(id)) return undefined;
  const path = relative.record('batches', id);
  const entry = onFile('read', path, () => reader.files.stat(reader.path(path)));
  if (entry?.kind !== 'file' || entry.size < LARGE) return undefined;
  const file = new SealedFile(reader, path, entry.size);
  if (!file.isWhole()) throw corrupt(path, 'does not match its checksum');
  return outcomesOf(file, id, path);
}

function* outcomesOf(
  file: SealedFile,
  id: string,
  path: string,
): Generator<readonly Outcome[], void, undefined> {
  const splitter = new ElementSplitter('outcomes');
  for (const bytes of file.pieces()) {
    const found = splitter.push(bytes);
    if (found.length > 0) yield found as readonly Outcome[];
  }
  const { schema, id: named } = (splitter.finish() ?? {}) as Readonly<Record<string, unknown>>;
  if (schema !== 'aether-batch/1' || named !== id) throw corrupt(path, `holds no outcomes of batch ${id}`);
}

function corrupt(path: string, why: string): AetherError {
  return new AetherError('STORE_RECORD_CORRUPT', `${path} ${why}`);
}

/** The bytes of a sealed record, in pieces that are valid until the next piece. */
class SealedFile {
  readonly #reader: DiskReader;
  readonly #path: string;
  readonly #size: number;
  readonly #buffer = Buffer.allocUnsafeSlow(PIECE);

  constructor(reader: DiskReader, path: string, size: number) {
    this.#reader = reader;
    this.#path = path;
    this.#size = size;
  }

  *pieces(to = this.#size): Generator<Buffer, void, undefined> {
    for (let from = 0; from < to;) {
      const read = this.#read(from, Math.min(PIECE, to - from));
      if (read.length === 0) return;
      yield read;
      from += read.length;
    }
  }

  /** True if the seal at the end matches the bytes before it. */
  isWhole(): boolean {
    const end = this.#size - SEAL_BYTES;
    const running = new RunningDigest();
    for (const piece of this.pieces(end)) running.update(piece);
    running.update(Buffer.from('}'));
    return this.#read(end, SEAL_BYTES).toString('latin1') === sealOf(running.finish());
  }

  #read(from: number, length: number): Buffer {
    const {
      buffer,
      byteOffset,
      length: filled,
    } = onFile('read', this.#path, () =>
      this.#reader.files.readInto(this.#reader.path(this.#path), from, this.#buffer.subarray(0, length)),
    );
    return Buffer.from(buffer, byteOffset, filled);
  }
}
