import { Readable } from 'node:stream';
import { createDeflateRaw } from 'node:zlib';
import * as zlib from 'node:zlib';
import { AetherError } from '../base/errors.js';
import type { ExportMember, RunExport } from './export-run.js';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATE = 8;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
/** Version 2.0, and 1980-01-01 as date: the format knows no earlier one and no run depends on it. */
const VERSION = 20;
const DATE = 0x21;
const LIMIT = 0xffffffff;

interface Written {
  readonly path: string;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/**
 * Writes a zip archive of one directory named after the run.
 *
 * @throws AetherError STORE_EXPORT_TOO_LARGE beyond 4 GiB, where tar has no limit
 */
export async function* zipArchive({ run, members }: RunExport): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let at = 0;
  for (const member of members) {
    const entry = { path: `${run.id}/${member.name}`, offset: at, crc: 0, packed: 0, size: member.size };
    const head = localHeader(entry.path);
    yield head;
    for await (const piece of packedPieces(member, (crc) => (entry.crc = crc))) {
      entry.packed += piece.length;
      yield piece;
    }
    yield descriptor(entry);
    at += head.length + entry.packed + 16;
    if (Math.max(at, entry.size) > LIMIT) {
      throw new AetherError(
        'STORE_EXPORT_TOO_LARGE',
        `run ${run.id} exceeds what a zip holds; export it as tar`,
      );
    }
    written.push(entry);
  }
  yield* centralDirectory(written, at);
}

async function* packedPieces(member: ExportMember, done: (crc: number) => void): AsyncGenerator<Uint8Array> {
  let crc = 0;
  const source = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of member.pieces()) {
      crc = zlib.crc32(piece, crc);
      yield piece;
    }
  };
  const input = Readable.from(source());
  const packer = createDeflateRaw();
  input.on('error', (error) => packer.destroy(error));
  for await (const piece of input.pipe(packer)) yield piece as Uint8Array;
  done(crc);
}

function localHeader(path: string): Buffer {
  const name = Buffer.from(path);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(LOCAL, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATE, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function descriptor(entry: Written): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(DESCRIPTOR, 0);
  tail.writeUInt32LE(entry.crc, 4);
  tail.writeUInt32LE(entry.packed, 8);
  tail.writeUInt32LE(entry.size, 12);
  return tail;
}

function* centralDirectory(written: readonly Written[], start: number): Generator<Uint8Array> {
  let size = 0;
  for (const entry of written) {
    const name = Buffer.from(entry.path);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(CENTRAL, 0);
    head.writeUInt16LE(VERSION, 4);
    head.writeUInt16LE(VERSION, 6);
    head.writeUInt16LE(FLAGS, 8);
    head.writeUInt16LE(DEFLATE, 10);
    head.writeUInt16LE(DATE, 14);
    head.writeUInt32LE(entry.crc, 16);
    head.writeUInt32LE(entry.packed, 20);
    head.writeUInt32LE(entry.size, 24);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(entry.offset, 42);
    size += head.length + name.length;
    yield head;
    yield name;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(start, 16);
  yield end;
}
