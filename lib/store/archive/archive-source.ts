import { join, posix } from 'node:path';
import { AetherError, InvariantError } from '../../base/errors.js';
import type { TreeFiles } from '../../base/ports.js';
import {
  importInvalid,
  memberInvalid,
  ranges,
  type ArchiveFile,
  type ArchiveMember,
} from './archive-member.js';
import { onFile } from '../system-error.js';
import { isTar, tarMembers } from './tar-index.js';
import { isZip, zipMembers } from './zip-index.js';

const HEAD = 512;
/** Far more than any export has; an archive of endless empty files must not exhaust the memory. */
const MOST_MEMBERS = 10_000;

/**
 * The files of an exported run, from a directory or an archive. Names are base names: nothing is ever written
 * under them.
 */
export interface ArchiveSource {
  /**
   * Content of a file, read on demand.
   *
   * @throws AetherError STORE_IMPORT_INVALID when the archive is broken or hostile, contains a name twice, or
   * lacks it; STORE_IO and the like when it cannot be read
   */
  pieces(name: string): AsyncIterable<Uint8Array>;
}

type Members = AsyncIterable<ArchiveMember> | Iterable<ArchiveMember>;

/**
 * Opens a directory, tar or zip to import from; its first bytes decide the format.
 *
 * @throws AetherError STORE_IMPORT_INVALID when it is none of them, STORE_IO and the like when it cannot be
 * read
 */
export function openArchive(files: TreeFiles, path: string): ArchiveSource {
  return onFile('open', path, () => {
    const real = files.realPath(path);
    const entry = files.stat(real);
    if (entry?.kind === 'directory') return source(() => directoryMembers(files, real));
    const file = archiveFile(files, real, entry?.size ?? 0);
    const head = file.read(0, HEAD);
    if (isZip(head)) return source(() => zipMembers(file));
    if (isTar(head)) return source(() => tarMembers(file));
    throw importInvalid(`${path} is neither a directory nor a tar nor a zip archive`);
  });
}

function archiveFile(files: TreeFiles, path: string, size: number): ArchiveFile {
  const read = (from: number, length: number): Uint8Array =>
    onFile('read', path, () => files.readRange(path, from, length));
  return { read, size };
}

/** Skips everything but regular files, because an export contains no others. */
function directoryMembers(files: TreeFiles, directory: string): Members {
  const found = files.list(directory).filter(({ kind }) => kind === 'file');
  return found.map(({ name }) => {
    const path = join(directory, name);
    const { read, size } = archiveFile(files, path, files.stat(path)?.size ?? 0);
    return { path: name, pieces: () => ranges(read, 0, size) };
  });
}

function source(list: () => Members): ArchiveSource {
  let members: Promise<ReadonlyMap<string, ArchiveMember>> | undefined;
  return {
    async *pieces(name) {
      try {
        const member = (await (members ??= byName(list()))).get(name);
        if (member === undefined) throw importInvalid(`the archive lacks ${name}`);
        yield* member.pieces();
      } catch (error) {
        throw refusal(error);
      }
    },
  };
}

async function byName(members: Members): Promise<ReadonlyMap<string, ArchiveMember>> {
  const found = new Map<string, ArchiveMember>();
  for await (const member of members) {
    const name = posix.basename(member.path);
    if (found.has(name)) throw memberInvalid(name, 'is in the archive more than once');
    if (found.size === MOST_MEMBERS)
      throw importInvalid(`the archive contains more than ${String(MOST_MEMBERS)} files`);
    found.set(name, member);
  }
  return found;
}

/** Errors of the libraries concern the archive; errors of the file system already have a code. */
function refusal(error: unknown): Error {
  if (error instanceof AetherError || error instanceof InvariantError) return error;
  return importInvalid(
    `the archive is broken: ${error instanceof Error ? error.message : String(error)}`,
    error,
  );
}
