import { posix } from 'node:path';
import { makeDurableDirectories } from '../../lib/platform/durable-directories.js';
import type { EntryKind, TreeEntry, TreeFiles, TreeName } from '../../lib/base/ports.js';

/** The error that the file system throws. */
export function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: simulated, '${path}'`), { code });
}

const SECTOR = 512;

interface SimulatedFile {
  readonly kind: 'file' | 'symlink';
  readonly ino: number;
  bytes: Buffer;
  /** Bytes as of the last sync; undefined before the first. */
  synced: Buffer | undefined;
  mtimeMs: number;
}

interface SimulatedDirectory {
  readonly kind: 'directory';
  readonly ino: number;
  /** Number of changes of its names; also its modification time. */
  changes: number;
  names: Map<string, SimulatedNode>;
  /** Names as of the last sync. */
  synced: Map<string, SimulatedNode>;
  /** Former meanings of changed names; undefined for a removed name. */
  unsynced: Map<string, (SimulatedNode | undefined)[]>;
}

type SimulatedNode = SimulatedFile | SimulatedDirectory;

/** Decides the state of unsynced changes after a power failure. */
export interface PowerCut {
  /** True if the unsynced version of a name survived. */
  readonly keepName: () => boolean;
  /** The share of a never synced file that survived, 0 to 1. */
  readonly keepBytes: () => number;
  /**
   * Called for each surviving sector of 512 bytes of a never synced file: true if it was written, false if it
   * reads as zeros. Default: all were written.
   */
  readonly keepSector?: () => boolean;
  /**
   * The surviving version of a name among those since the last sync, from 0 to 1: a name that was replaced
   * several times may have any of them. Default: the latest.
   */
  readonly pickVersion?: () => number;
}

/**
 * A file system in memory that models power failures: synced bytes, and names whose directory was synced,
 * survive. `before` runs before every step and may throw.
 */
export class SimulatedFiles implements TreeFiles {
  before: (step: string, path: string) => void = () => undefined;
  /** False if directories are not synced, as on some network file systems. */
  syncsDirectories = true;
  #root: SimulatedDirectory = directory(0);
  #inodes = 0;
  #time = 1_700_000_000_000;

  /** Discards all unsynced data according to the options. */
  cutPower(cut: PowerCut): void {
    this.before = (): void => undefined;
    const restore = (node: SimulatedNode): void => {
      if (node.kind !== 'directory') {
        node.synced ??= torn(node.bytes, cut);
        node.bytes = Buffer.from(node.synced);
        return;
      }
      const survived = new Map<string, SimulatedNode>();
      for (const name of new Set([...node.synced.keys(), ...node.unsynced.keys()])) {
        const version = cut.keepName() ? latest(node, name, cut) : node.synced.get(name);
        if (version !== undefined) survived.set(name, version);
      }
      node.names = survived;
      node.synced = new Map(survived);
      node.unsynced = new Map();
      for (const child of survived.values()) restore(child);
    };
    restore(this.#root);
  }

  realPath(path: string): string {
    this.#step('realPath', path);
    if (this.#find(path) === undefined) throw systemError('ENOENT', path);
    return path;
  }

  stat(path: string): TreeEntry | undefined {
    this.#step('stat', path);
    const node = this.#find(path);
    if (node === undefined) return undefined;
    const file = node.kind === 'directory' ? { bytes: Buffer.alloc(0), mtimeMs: node.changes } : node;
    return { kind: node.kind, size: file.bytes.length, mtimeMs: file.mtimeMs, ino: node.ino };
  }

  list(path: string): readonly TreeName[] {
    this.#step('list', path);
    const node = this.#find(path);
    if (node === undefined) return [];
    if (node.kind !== 'directory') throw systemError('ENOTDIR', path);
    const names = [...node.names].map(([name, { kind }]) => ({ name, kind: kind as EntryKind }));
    return names.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  eachName(path: string, use: (name: string) => void): void {
    for (const { name } of this.list(path)) use(name);
  }

  makeDirectory(path: string): boolean {
    this.#step('makeDirectory', path);
    const { parent, name } = this.#place(path);
    if (parent.names.has(name)) return false;
    setName(parent, name, directory(++this.#inodes));
    return true;
  }

  create(path: string, bytes: Uint8Array | string): void {
    this.#step('create', path);
    const { parent, name } = this.#place(path);
    if (parent.names.has(name)) throw systemError('EEXIST', path);
    setName(parent, name, this.#file('file', Buffer.from(bytes as Uint8Array)));
  }

  readText(path: string): string | undefined {
    this.#step('readText', path);
    return this.#find(path) === undefined ? undefined : this.#bytes(path).toString('utf8');
  }

  async readBytes(path: string): Promise<Uint8Array> {
    this.#step('readBytes', path);
    return Buffer.from(this.#bytes(path));
  }

  readRange(path: string, from: number, length: number): Uint8Array {
    this.#step('readRange', path);
    return Buffer.from(this.#bytes(path).subarray(from, from + length));
  }

  readInto(path: string, from: number, into: Uint8Array): Uint8Array {
    this.#step('readInto', path);
    const bytes = this.#bytes(path).subarray(from, from + into.length);
    into.set(bytes);
    return into.subarray(0, bytes.length);
  }

  readPieces(path: string, use: (piece: Uint8Array) => void): void {
    this.#step('readPieces', path);
    const bytes = this.#bytes(path);
    for (let at = 0; at < bytes.length; at += 7) use(bytes.subarray(at, at + 7));
  }

  link(from: string, to: string): void {
    this.#step('link', to);
    const node = this.#find(from);
    if (node === undefined) throw systemError('ENOENT', from);
    const target = this.#place(to);
    if (target.parent.names.has(target.name)) throw systemError('EEXIST', to);
    setName(target.parent, target.name, node);
  }

  rename(from: string, to: string): void {
    this.#step('rename', to);
    const source = this.#place(from);
    const node = source.parent.names.get(source.name);
    if (node === undefined) throw systemError('ENOENT', from);
    const target = this.#place(to);
    if (target.parent.names.get(target.name)?.kind === 'directory') throw systemError('EISDIR', to);
    setName(source.parent, source.name, undefined);
    setName(target.parent, target.name, node);
  }

  remove(path: string): boolean {
    this.#step('remove', path);
    const { parent, name } = this.#place(path);
    return setName(parent, name, undefined);
  }

  removeDirectory(path: string): boolean {
    this.#step('removeDirectory', path);
    const { parent, name } = this.#place(path);
    const node = parent.names.get(name);
    if (node === undefined) return false;
    if (node.kind !== 'directory') throw systemError('ENOTDIR', path);
    return node.names.size === 0 && setName(parent, name, undefined);
  }

  touch(path: string): void {
    this.#step('touch', path);
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT', path);
    if (node.kind !== 'directory') node.mtimeMs = ++this.#time;
  }

  makeDirectories(path: string): Promise<void> {
    return makeDurableDirectories(path, this);
  }

  async sync(path: string): Promise<void> {
    await this.syncsNames(path);
  }

  async syncsNames(path: string): Promise<boolean> {
    this.#step('sync', path);
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT', path);
    if (node.kind !== 'directory') node.synced = Buffer.from(node.bytes);
    else {
      if (!this.syncsDirectories) return false;
      node.synced = new Map(node.names);
      node.unsynced = new Map();
    }
    return true;
  }

  /** Damages or creates a file without a step, as if it had always been in that state. */
  overwrite(path: string, bytes: Buffer): void {
    const { parent, name } = this.#place(path);
    const file = this.#file('file', bytes);
    file.synced = Buffer.from(bytes);
    setName(parent, name, file);
    parent.synced.set(name, file);
  }

  /** Replaces a file or directory by a symlink. */
  plantSymlink(path: string): void {
    const { parent, name } = this.#place(path);
    setName(parent, name, this.#file('symlink', Buffer.alloc(0)));
  }

  #step(step: string, path: string): void {
    this.before(step, path);
  }

  #file(kind: 'file' | 'symlink', bytes: Buffer): SimulatedFile {
    return { kind, ino: ++this.#inodes, bytes, synced: undefined, mtimeMs: ++this.#time };
  }

  #bytes(path: string): Buffer {
    const node = this.#find(path);
    if (node === undefined) throw systemError('ENOENT', path);
    if (node.kind === 'symlink') throw systemError('ELOOP', path);
    if (node.kind === 'directory') throw systemError('EISDIR', path);
    return node.bytes;
  }

  #place(path: string): { parent: SimulatedDirectory; name: string } {
    const parent = this.#find(posix.dirname(path));
    if (parent === undefined) throw systemError('ENOENT', path);
    if (parent.kind !== 'directory') throw systemError('ENOTDIR', path);
    return { parent, name: posix.basename(path) };
  }

  #find(path: string): SimulatedNode | undefined {
    let node: SimulatedNode | undefined = this.#root;
    for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
      if (node?.kind !== 'directory') return undefined;
      node = node.names.get(name);
    }
    return node;
  }
}

function directory(ino: number): SimulatedDirectory {
  return { kind: 'directory', ino, changes: 1, names: new Map(), synced: new Map(), unsynced: new Map() };
}

/** Points a name to another node or to none; false if it had none before either. */
function setName(parent: SimulatedDirectory, name: string, node: SimulatedNode | undefined): boolean {
  parent.changes += 1;
  parent.unsynced.set(name, [...(parent.unsynced.get(name) ?? []), node]);
  const was = parent.names.delete(name);
  if (node !== undefined) parent.names.set(name, node);
  return was;
}

/** One of the versions of a name since its directory was synced; by default the synced one. */
function latest(
  node: SimulatedDirectory,
  name: string,
  { pickVersion }: PowerCut,
): SimulatedNode | undefined {
  const versions = node.unsynced.get(name);
  if (versions === undefined) return node.synced.get(name);
  const share = pickVersion?.() ?? 1;
  return versions[Math.min(versions.length - 1, Math.floor(share * versions.length))];
}

/** The surviving bytes of a file that was never synced: a prefix, and of that some sectors only. */
function torn(bytes: Buffer, { keepBytes, keepSector }: PowerCut): Buffer {
  const left = Buffer.from(bytes.subarray(0, Math.round(bytes.length * keepBytes())));
  if (keepSector !== undefined) {
    for (let at = 0; at < left.length; at += SECTOR)
      if (!keepSector()) left.fill(0, at, Math.min(at + SECTOR, left.length));
  }
  return left;
}
