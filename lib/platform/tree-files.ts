import { byCodeUnit } from '../base/code-units.js';
import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { errorCode } from '../base/errors.js';
import type { TreeEntry, TreeFiles, TreeName } from '../base/ports.js';
import { kindOf, requireRegularFile } from './document-files.js';
import { makeDurableDirectories } from './durable-directories.js';
import { syncPath } from './sync-path.js';
import { uninterrupted } from './uninterrupted.js';

// Without O_NONBLOCK, opening a pipe waits for a writer indefinitely. Neither flag exists on Windows.
const READ_FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);
const openSoon = promisify(fs.open) as (path: string, flags: number) => Promise<number>;
const readSoon = promisify(fs.readFile) as (fd: number) => Promise<Uint8Array>;
const NAMES_AT_ONCE = 256;
const PIECE_BYTES = 1024 * 1024;
let pieceBuffer: Buffer | undefined;

function stat(path: string): TreeEntry | undefined {
  const stats = fs.lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return { kind: kindOf(stats), size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino };
}

function list(path: string): readonly TreeName[] {
  const names = orMissing(() => fs.readdirSync(path, { withFileTypes: true })) ?? [];
  return names
    .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
    .sort((a, b) => byCodeUnit(a.name, b.name));
}

function eachName(path: string, use: (name: string) => void): void {
  const directory = orMissing(() => fs.opendirSync(path, { bufferSize: NAMES_AT_ONCE }));
  if (directory === undefined) return;
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) use(entry.name);
  } finally {
    directory.closeSync();
  }
}

function makeDirectory(path: string): boolean {
  try {
    fs.mkdirSync(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function create(path: string, bytes: Uint8Array | string, mode: number): void {
  const fd = fs.openSync(path, 'wx', mode);
  try {
    const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    for (let at = 0; at < all.length;) at += uninterrupted(() => fs.writeSync(fd, all, at, all.length - at));
  } catch (error) {
    fs.closeSync(fd);
    fs.rmSync(path, { force: true });
    throw error;
  }
  fs.closeSync(fd);
}

/** Opens a regular file for reading: a pipe or a device could block its reader forever. */
function openFile(path: string): number {
  const fd = fs.openSync(path, READ_FLAGS);
  try {
    requireRegularFile(fd, path);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

/**
 * One call, because a batch reads tens of thousands of files; only an empty text may come from something
 * else.
 */
function readText(path: string): string | undefined {
  return orMissing(() => {
    const text = uninterrupted(() =>
      fs.readFileSync(path, { encoding: 'utf8', flag: READ_FLAGS as unknown as string }),
    );
    if (text === '') fs.closeSync(openFile(path));
    return text;
  });
}

async function readBytes(path: string): Promise<Uint8Array> {
  const fd = await openSoon(path, READ_FLAGS);
  try {
    requireRegularFile(fd, path);
    return await readSoon(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function readRange(path: string, from: number, length: number): Uint8Array {
  return readInto(path, from, Buffer.allocUnsafeSlow(length));
}

function readInto(path: string, from: number, into: Uint8Array): Uint8Array {
  const fd = openFile(path);
  try {
    let filled = 0;
    while (filled < into.length) {
      const count = uninterrupted(() => fs.readSync(fd, into, filled, into.length - filled, from + filled));
      if (count === 0) break;
      filled += count;
    }
    return into.subarray(0, filled);
  } finally {
    fs.closeSync(fd);
  }
}

function readPieces(path: string, use: (piece: Uint8Array) => void): void {
  const buffer = (pieceBuffer ??= Buffer.allocUnsafeSlow(PIECE_BYTES));
  const fd = openFile(path);
  try {
    for (;;) {
      const count = uninterrupted(() => fs.readSync(fd, buffer, 0, PIECE_BYTES, null));
      if (count === 0) return;
      use(buffer.subarray(0, count));
    }
  } finally {
    fs.closeSync(fd);
  }
}

function orMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function remove(path: string): boolean {
  return orMissing(() => (fs.unlinkSync(path), true)) ?? false;
}

function removeDirectory(path: string): boolean {
  try {
    fs.rmdirSync(path);
    return true;
  } catch (error) {
    // Some systems report a non-empty directory as existing.
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** The local file system. */
export const nodeTreeFiles: TreeFiles = {
  realPath: (path) => fs.realpathSync(path),
  stat,
  list,
  eachName,
  makeDirectory,
  create,
  readText,
  readBytes,
  readRange,
  readInto,
  readPieces,
  link: (from, to) => {
    fs.linkSync(from, to);
  },
  rename: (from, to) => {
    fs.renameSync(from, to);
  },
  remove,
  removeDirectory,
  touch: (path) => {
    const now = Date.now() / 1000;
    fs.utimesSync(path, now, now);
  },
  sync: async (path) => {
    await syncPath(path);
  },
  syncsNames: syncPath,
  makeDirectories: (path) => makeDurableDirectories(path, nodeTreeFiles),
};
