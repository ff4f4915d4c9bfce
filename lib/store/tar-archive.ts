import type { RunExport } from './export-run.js';

const BLOCK = 512;

/** Writes a ustar archive of one directory named after the run. The bytes depend on the run alone. */
export async function* tarArchive({ run, members }: RunExport): AsyncGenerator<Uint8Array> {
  const mtime = Math.floor(Date.parse(run.ended_at) / 1000);
  for (const { name, size, pieces } of members) {
    yield tarHeader({ directory: run.id, name, size, mtime });
    yield* pieces();
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function tarHeader(file: { directory: string; name: string; size: number; mtime: number }): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(file.name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  putNumber(header, 124, file.size);
  putNumber(header, 136, Math.max(0, file.mtime));
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.write(file.directory, 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Eleven octal digits, or the binary form that every tar of this century reads for what is larger. */
function putNumber(header: Buffer, at: number, value: number): void {
  const octal = value.toString(8).padStart(11, '0');
  if (octal.length <= 11) {
    header.write(`${octal}\0`, at);
    return;
  }
  header[at] = 0x80;
  header.writeBigUInt64BE(BigInt(value), at + 4);
}

/** A member's place in an archive. */
export interface TarEntry {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
}

/**
 * Finds the plain files of a tar archive; undefined when it is not one. `read` gives bytes of the archive by offset,
 * fewer at its end.
 */
export function readTarIndex(
  read: (from: number, length: number) => Uint8Array,
): readonly TarEntry[] | undefined {
  const entries: TarEntry[] = [];
  for (let at = 0; ;) {
    const header = Buffer.from(read(at, BLOCK));
    if (header.length === 0 || header.every((byte) => byte === 0)) return at === 0 ? undefined : entries;
    if (header.length < BLOCK || header.toString('latin1', 257, 262) !== 'ustar') return undefined;
    const size = numberAt(header, 124);
    const type = header[156];
    const prefix = text(header, 345, 155);
    const path = prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
    if (type === 0 || type === 0x30) entries.push({ path, offset: at + BLOCK, size });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function text(header: Buffer, at: number, length: number): string {
  const end = header.indexOf(0, at);
  return header.toString('utf8', at, end < 0 || end > at + length ? at + length : end);
}

function numberAt(header: Buffer, at: number): number {
  if (header[at] === 0x80) return Number(header.readBigUInt64BE(at + 4));
  const value = parseInt(header.toString('latin1', at, at + 12), 8);
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
