import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import {
  memberInvalid,
  ranges,
  requireInnerPath,
  type ArchiveFile,
  type ArchiveMember,
  type ReadRange,
} from './archive-member.js';

const KIND_BITS = 0o170000;
const PLAIN_FILE = 0o100000;

/** True for the first bytes of a zip archive. */
export function isZip(head: Uint8Array): boolean {
  return ['PK\x03\x04', 'PK\x05\x06'].includes(Buffer.from(head).toString('latin1', 0, 4));
}

/** Lets the library read through the port. It holds no open file and needs no closing. */
class RangeReader extends RandomAccessReader {
  readonly #read: ReadRange;

  constructor(read: ReadRange) {
    super();
    this.#read = read;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(ranges(this.#read, start, end - start));
  }
}

/**
 * The regular files of a zip archive, as listed in its directory. A member whose unpacked size differs from
 * the directory fails with an error.
 *
 * @throws AetherError STORE_IMPORT_INVALID for links, devices, paths that lead out, encryption and unknown
 * compression; other errors for a broken archive
 */
export async function* zipMembers({ read, size }: ArchiveFile): AsyncGenerator<ArchiveMember> {
  const options = { autoClose: false, strictFileNames: true };
  const zip = await fromRandomAccessReaderPromise(new RangeReader(read), size, options);
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName;
    requireInnerPath(path);
    if (path.endsWith('/')) continue;
    if (!isPlainFile(entry)) throw memberInvalid(path, 'is neither a file nor a directory');
    if (!entry.canDecodeFileData())
      throw memberInvalid(path, 'uses a compression method that is not supported');
    yield { path, pieces: () => unpacked(zip, entry) };
  }
}

/** Judged by the mode that Unix archivers write; others write none. */
function isPlainFile(entry: Entry): boolean {
  const kind = (entry.externalFileAttributes >>> 16) & KIND_BITS;
  return kind === 0 || kind === PLAIN_FILE;
}

async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  for await (const piece of await zip.openReadStreamPromise(entry)) yield piece as Uint8Array;
}
