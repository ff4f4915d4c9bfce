/** A member's place in a zip archive. */
export interface ZipEntry {
  readonly path: string;
  /** Of its local header. */
  readonly offset: number;
  readonly packed: number;
  readonly size: number;
  readonly method: 'stored' | 'deflated' | 'unknown';
}

const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCAL_BYTES = 30;

export type ReadRange = (from: number, length: number) => Uint8Array;

/** Finds the members of a zip archive of `size` bytes; undefined when it is not one. */
export function readZipIndex(read: ReadRange, size: number): readonly ZipEntry[] | undefined {
  const from = Math.max(0, size - END_BYTES - LONGEST_COMMENT);
  const tail = Buffer.from(read(from, size - from));
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) return undefined;
  const count = tail.readUInt16LE(end + 10);
  const directory = Buffer.from(read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12)));
  const entries: ZipEntry[] = [];
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL) return undefined;
    const nameLength = directory.readUInt16LE(at + 28);
    const path = directory.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({
      path,
      offset: directory.readUInt32LE(at + 42),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      method: methodOf(directory.readUInt16LE(at + 10)),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Where the packed bytes of a member begin: its local header may be longer than the directory says. */
export function zipDataOffset(read: ReadRange, entry: ZipEntry): number {
  const head = Buffer.from(read(entry.offset, LOCAL_BYTES));
  if (head.length < LOCAL_BYTES) return entry.offset;
  return entry.offset + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
}

function methodOf(code: number): ZipEntry['method'] {
  return code === 0 ? 'stored' : code === 8 ? 'deflated' : 'unknown';
}
