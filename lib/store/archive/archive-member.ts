import { validateFileName } from 'yauzl';
import { AetherError } from '../../base/errors.js';

const PIECE = 1024 * 1024;
const NAME_SHOWN = 80;

/** Reads bytes of a file from an offset; less only at its end. */
export type ReadRange = (from: number, length: number) => Uint8Array;

/** The file of an archive. */
export interface ArchiveFile {
  readonly read: ReadRange;
  /** Bytes. */
  readonly size: number;
}

/** A regular file in an archive. */
export interface ArchiveMember {
  readonly path: string;
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

/** The error of a refused import. */
export function importInvalid(message: string, cause?: unknown): AetherError {
  return new AetherError('STORE_IMPORT_INVALID', message, cause);
}

/** The error of a refused member; its name comes from the archive and is escaped for terminals. */
export function memberInvalid(path: string, why: string): AetherError {
  return importInvalid(`${JSON.stringify(path.slice(0, NAME_SHOWN))} ${why}`);
}

/**
 * Refuses a path that leads out of the directory of the archive. Nothing is written under these names, but an
 * export never contains such a path.
 *
 * @throws AetherError STORE_IMPORT_INVALID
 */
export function requireInnerPath(path: string): void {
  if (validateFileName(path) !== null) throw memberInvalid(path, 'is not a path inside the archive');
}

/** The bytes from `from` on, `size` of them, in pieces; less if the file ends before. */
export async function* ranges(read: ReadRange, from: number, size: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < size;) {
    const piece = read(from + done, Math.min(PIECE, size - done));
    if (piece.length === 0) return;
    done += piece.length;
    yield piece;
  }
}
