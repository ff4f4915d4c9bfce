import type { Digest } from '../../base/digest.js';
import type { DiskReader, Lister } from '../disk-reader.js';
import {
  digestOfBlobFile,
  EVIDENCE,
  LOGS,
  idOfRecordFile,
  isStoreName,
  REF_SPACES,
  REMARKS,
  segmentFile,
  SEGMENTS,
  skeletonOf,
  type StoreFormat,
  relative,
  type RefSpace,
} from '../layout.js';
import { ownerOf } from '../sharing/process-tag.js';
import { isUnreadable, onFile, reasonOf } from '../system-error.js';

/** Treats a directory that cannot be listed as empty, and reports it once. */
export function listingPast(reader: Lister, tell: (directory: string, why: string) => void): Lister {
  const told = new Set<string>();
  return {
    list(directory) {
      try {
        return reader.list(directory);
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        if (!told.has(directory)) tell(directory, reasonOf(error));
        told.add(directory);
        return [];
      }
    },
  };
}

/** Digests of all blob files, ascending, one fan directory at a time. */
export function* blobFiles(from: Lister): Generator<Digest> {
  for (const fan of from.list('blobs/sha256')) {
    if (fan.kind !== 'directory') continue;
    for (const { name } of from.list(`blobs/sha256/${fan.name}`)) {
      const digest = digestOfBlobFile(fan.name, name);
      if (digest !== undefined) yield digest;
    }
  }
}

/** Size of a blob file in bytes; 0 when it is missing. */
export function blobSize(reader: DiskReader, digest: Digest): number {
  const path = relative.blob(digest);
  return onFile('look at', path, () => reader.files.stat(reader.path(path)))?.size ?? 0;
}

/** Names of the refs in one space, ascending. */
export function refNames(from: Lister, space: RefSpace): readonly string[] {
  return from
    .list(`refs/${space}`)
    .map(({ name }) => name)
    .filter(isStoreName);
}

/** Entries that do not belong to a store, relative to the root; they are reported and left in place. */
export function* strayFiles(from: Lister, format: StoreFormat): Generator<string> {
  const folders = skeletonOf(format).filter((path) => !path.includes('/'));
  const top = new Set<string>([relative.format, EVIDENCE, LOGS, REMARKS, ...folders]);
  yield* unexpected(from, '', (name) => top.has(name) || name.startsWith('.'));
  yield* unexpected(from, 'blobs', (name) => name === 'sha256');
  yield* unexpected(from, 'blobs/sha256', (name) => /^[0-9a-f]{2}$/.test(name));
  for (const fan of from.list('blobs/sha256')) {
    if (fan.kind !== 'directory') continue;
    const isBlob = (name: string): boolean => digestOfBlobFile(fan.name, name) !== undefined;
    yield* unexpected(from, `blobs/sha256/${fan.name}`, isBlob);
  }
  for (const space of ['runs', 'batches', REMARKS]) {
    yield* unexpected(from, space, (name) => idOfRecordFile(name) !== undefined);
  }
  if (folders.includes(SEGMENTS))
    yield* unexpected(from, SEGMENTS, (name) => segmentFile(name) !== undefined);
  yield* unexpected(from, 'refs', (name) => (REF_SPACES as readonly string[]).includes(name));
  for (const space of REF_SPACES) yield* unexpected(from, `refs/${space}`, isStoreName);
  yield* unexpected(from, 'tmp', (name) => ownerOf(name) !== undefined);
}

function* unexpected(
  from: Lister,
  directory: string,
  expected: (name: string) => boolean,
): Generator<string> {
  for (const { name } of from.list(directory)) {
    if (!expected(name)) yield directory === '' ? name : `${directory}/${name}`;
  }
}
