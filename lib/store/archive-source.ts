import { posix } from 'node:path';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { AetherError } from '../base/errors.js';
import type { TreeFiles } from '../base/ports.js';
import { onFile } from './system-error.js';
import { readTarIndex } from './tar-archive.js';
import { readZipIndex, zipDataOffset, type ZipEntry } from './zip-index.js';

const PIECE = 1024 * 1024;

/** The files of an exported run, wherever they lie. Names are base names: nothing is ever written by them. */
export interface ArchiveSource {
  readonly names: readonly string[];
  /** Content of one of the names. */
  pieces(name: string): AsyncIterable<Uint8Array>;
}

/**
 * Opens a directory, tar or zip to import from; which it is, its content tells.
 *
 * @throws AetherError STORE_IMPORT_INVALID when it is none of them, or holds one file name twice
 */
export function openArchive(files: TreeFiles, path: string): ArchiveSource {
  return onFile('open', path, () => {
    const real = files.realPath(path);
    const entry = files.stat(real);
    if (entry?.kind === 'directory') return directorySource(files, real);
    const size = entry?.size ?? 0;
    const read = (from: number, length: number): Uint8Array => files.readRange(real, from, length);
    const zip = readZipIndex(read, size);
    if (zip !== undefined) {
      return source(zip, path, (member) => unzipped(read, member));
    }
    const tar = readTarIndex(read);
    if (tar !== undefined) return source(tar, path, ({ offset, size: bytes }) => ranges(read, offset, bytes));
    throw new AetherError(
      'STORE_IMPORT_INVALID',
      `${path} is neither a directory nor a tar nor a zip archive`,
    );
  });
}

function directorySource(files: TreeFiles, path: string): ArchiveSource {
  const found = files.list(path).filter(({ kind }) => kind === 'file');
  return source(
    found.map(({ name }) => ({ path: name })),
    path,
    (entry) => {
      const file = join(path, entry.path);
      return ranges((from, length) => files.readRange(file, from, length), 0, files.stat(file)?.size ?? 0);
    },
  );
}

function source<T extends { readonly path: string }>(
  entries: readonly T[],
  path: string,
  open: (entry: T) => AsyncIterable<Uint8Array>,
): ArchiveSource {
  const byName = new Map<string, T>();
  for (const entry of entries) {
    if (entry.path.endsWith('/')) continue;
    const name = posix.basename(entry.path);
    if (byName.has(name))
      throw new AetherError('STORE_IMPORT_INVALID', `${path} holds ${name} more than once`);
    byName.set(name, entry);
  }
  return {
    names: [...byName.keys()].sort(),
    pieces(name) {
      const entry = byName.get(name);
      if (entry === undefined) throw new AetherError('STORE_IMPORT_INVALID', `${path} lacks ${name}`);
      return open(entry);
    },
  };
}

async function* ranges(
  read: (from: number, length: number) => Uint8Array,
  offset: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < size;) {
    const piece = read(offset + done, Math.min(PIECE, size - done));
    if (piece.length === 0) return;
    done += piece.length;
    yield piece;
  }
}

async function* unzipped(
  read: (from: number, length: number) => Uint8Array,
  entry: ZipEntry,
): AsyncGenerator<Uint8Array> {
  if (entry.method === 'unknown') {
    throw new AetherError(
      'STORE_IMPORT_INVALID',
      `${entry.path} is packed in a way this version does not read`,
    );
  }
  const packed = ranges(read, zipDataOffset(read, entry), entry.packed);
  if (entry.method === 'stored') {
    yield* packed;
    return;
  }
  const inflate = createInflateRaw();
  const input = Readable.from(packed);
  input.on('error', (error) => inflate.destroy(error));
  for await (const piece of input.pipe(inflate)) yield piece as Uint8Array;
}
