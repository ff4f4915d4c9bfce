import type { Digest } from '../../base/digest.js';
import type { DiskReader } from '../disk-reader.js';
import {
  digestOfBlobFile,
  EVIDENCE,
  idOfRecordFile,
  isStoreName,
  REF_SPACES,
  SKELETON,
  relative,
  type RefSpace,
} from '../layout.js';
import { ownerOf } from '../sharing/process-tag.js';
import { onFile } from '../system-error.js';

function list(reader: DiskReader, directory: string): ReturnType<DiskReader['files']['list']> {
  return onFile('list', directory, () => reader.files.list(reader.path(directory)));
}

/** Digests of all blob files, ascending, one fan directory at a time. */
export function* blobFiles(reader: DiskReader): Generator<Digest> {
  for (const fan of list(reader, 'blobs/sha256')) {
    if (fan.kind !== 'directory') continue;
    for (const { name } of list(reader, `blobs/sha256/${fan.name}`)) {
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
export function refNames(reader: DiskReader, space: RefSpace): readonly string[] {
  return list(reader, `refs/${space}`)
    .map(({ name }) => name)
    .filter(isStoreName);
}

/** Entries that no store writes, relative to the root; they are reported and left alone. */
export function* strayFiles(reader: DiskReader): Generator<string> {
  const top = new Set<string>([relative.format, EVIDENCE, ...SKELETON.filter((path) => !path.includes('/'))]);
  yield* unexpected(reader, '', (name) => top.has(name) || name.startsWith('.'));
  yield* unexpected(reader, 'blobs', (name) => name === 'sha256');
  yield* unexpected(reader, 'blobs/sha256', (name) => /^[0-9a-f]{2}$/.test(name));
  for (const fan of list(reader, 'blobs/sha256')) {
    if (fan.kind !== 'directory') continue;
    const isBlob = (name: string): boolean => digestOfBlobFile(fan.name, name) !== undefined;
    yield* unexpected(reader, `blobs/sha256/${fan.name}`, isBlob);
  }
  for (const space of ['runs', 'batches']) {
    yield* unexpected(reader, space, (name) => idOfRecordFile(name) !== undefined);
  }
  yield* unexpected(reader, 'refs', (name) => (REF_SPACES as readonly string[]).includes(name));
  for (const space of REF_SPACES) yield* unexpected(reader, `refs/${space}`, isStoreName);
  yield* unexpected(reader, 'tmp', (name) => ownerOf(name) !== undefined);
}

function* unexpected(
  reader: DiskReader,
  directory: string,
  expected: (name: string) => boolean,
): Generator<string> {
  for (const { name } of list(reader, directory)) {
    if (!expected(name)) yield directory === '' ? name : `${directory}/${name}`;
  }
}
