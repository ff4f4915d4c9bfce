import { validateFileName } from 'yauzl';
import { AetherError } from '../../base/errors.js';

const PIECE = 1024 * 1024;
const NAME_SHOWN = 80;

/** Bytes of a file from an offset; fewer only at its end. */
export type ReadRange = (from: number, length: number) => Uint8Array;

/** The file an archive is. */
export interface ArchiveFile {
  readonly read: ReadRange;
  /** Bytes. */
  readonly size: number;
}

/** A plain file in an archive. */
export interface ArchiveMember {
  readonly path: string;
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

/** The refusal of something to import. */
export function importInvalid(message: string, cause?: unknown): AetherError {
  return new AetherError('STORE_IMPORT_INVALID', message, cause);
}

/** The refusal of one member; its name comes from the archive and is shown in a form that no terminal obeys. */
export function memberInvalid(path: string, why: string): AetherError {
  return importInvalid(`${JSON.stringify(path.slice(0, NAME_SHOWN))} ${why}`);
}

/**
 * Refuses a path that leaves the directory it would be unpacked into. Nothing is ever written by these names, but an
 * archive that tries is not one of ours.
 *
 * @throws AetherError STORE_IMPORT_INVALID
 */
export function requireInnerPath(path: string): void {
  if (validateFileName(path) !== null) throw memberInvalid(path, 'is not a path inside the archive');
}

/** The bytes `from` and on, as many as `size`, in pieces; fewer when the file ends before. */
export async function* ranges(read: ReadRange, from: number, size: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < size;) {
    const piece = read(from + done, Math.min(PIECE, size - done));
    if (piece.length === 0) return;
    done += piece.length;
    yield piece;
  }
}
