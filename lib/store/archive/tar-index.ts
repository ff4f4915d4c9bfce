import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import {
  memberInvalid,
  ranges,
  requireInnerPath,
  type ArchiveFile,
  type ArchiveMember,
} from './archive-member.js';

/** Size of a header; the library reports the position of the header, the content follows it. */
const HEADER = 512;

/** True for the first bytes of a tar archive. */
export function isTar(head: Uint8Array): boolean {
  return Buffer.from(head).toString('latin1', 257, 262) === 'ustar';
}

/**
 * The regular files of a tar archive. Reads it once from start to end, so that a broken archive is detected
 * before any member is used; members are then read in place, in any order.
 *
 * @throws AetherError STORE_IMPORT_INVALID for links, devices and paths that lead out; other errors for a
 * broken archive
 */
export async function* tarMembers({ read, size }: ArchiveFile): AsyncGenerator<ArchiveMember> {
  const entries = extract();
  const feeding = pipeline(Readable.from(ranges(read, 0, size)), entries);
  // The loop receives the same error first; this only prevents an unhandled rejection.
  feeding.catch(() => undefined);
  for await (const entry of entries) {
    const { name, type, size: bytes } = entry.header;
    const offset = entry.offset + HEADER;
    requireInnerPath(name);
    if (type !== 'file' && type !== 'directory')
      throw memberInvalid(name, 'is neither a file nor a directory');
    if (offset + bytes > size) throw memberInvalid(name, 'is truncated');
    if (type === 'file') yield { path: name, pieces: () => ranges(read, offset, bytes) };
    entry.resume();
  }
  await feeding;
}
