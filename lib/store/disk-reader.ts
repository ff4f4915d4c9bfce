import { sha256, type Digest } from '../base/digest.js';
import { AetherError, errorCode } from '../base/errors.js';
import { PackedTexts } from '../base/packed-texts.js';
import type { TreeFiles, TreeName } from '../base/ports.js';
import { parseRunId, type RunId } from '../base/run-id.js';
import {
  idOfRecordFile,
  isStoreName,
  locate,
  relative,
  runOfRecordFile,
  type RecordSpace,
  type RefSpace,
} from './layout.js';
import { parseBatchFile, parseRefFile, parseRemarkFile, parseRunFile, matchedSeal } from './record-file.js';
import type { BatchRecord, RunRecord } from './record-types.js';
import type { StoreSegments } from './segments/segmented-tree.js';
import type { Remark } from './remarks/remark.js';
import { isOtherKind, onFile, storeError } from './system-error.js';

/** Lists the names in a directory of the store, ascending. */
export interface Lister {
  list(directory: string): readonly TreeName[];
}

/** Ids with a record file, ascending. */
export function recordIds(from: Lister, space: RecordSpace): readonly string[] {
  const ids = from.list(space).map(({ name }) => idOfRecordFile(name));
  return ids.filter((id) => id !== undefined).sort();
}

/** Ids of the runs with a record file, ascending. */
export function recordedRuns(from: Lister): readonly RunId[] {
  const ids = from.list('runs').map(({ name }) => runOfRecordFile(name));
  return ids.filter((id) => id !== undefined).sort();
}

/** The reading part of a store on disk: creates nothing, caches nothing, verifies everything it returns. */
export class DiskReader implements Lister {
  readonly root: string;
  readonly files: TreeFiles;
  /** Present in a store of format 2; `files` already include their contents. */
  readonly segments: StoreSegments | undefined;

  constructor(root: string, files: TreeFiles, segments?: StoreSegments) {
    this.root = root;
    this.files = files;
    this.segments = segments;
  }

  path(relativePath: string): string {
    return locate(this.root, relativePath);
  }

  async blob(digest: Digest): Promise<Uint8Array> {
    const path = relative.blob(digest);
    let bytes: Uint8Array;
    try {
      bytes = await this.files.readBytes(this.path(path));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw storeError(error, 'read', path);
      throw new AetherError('STORE_BLOB_MISSING', `${path} is missing`, error);
    }
    if (sha256(bytes) === digest) return bytes;
    throw new AetherError('STORE_BLOB_CORRUPT', `${path} does not match its digest`);
  }

  hasBlob(digest: Digest): boolean {
    const path = relative.blob(digest);
    return onFile('look at', path, () => this.files.stat(this.path(path)))?.kind === 'file';
  }

  /**
   * The record, or undefined if there is none.
   *
   * @throws AetherError STORE_RECORD_CORRUPT
   */
  run(id: string): RunRecord | undefined {
    const text = this.runText(id);
    return text === undefined ? undefined : parseRunFile(text, id, relative.record('runs', id));
  }

  /** The text of the record's file, unchecked. */
  runText(id: string): string | undefined {
    return this.#recordText('runs', id);
  }

  /** The checksum of the record, which it matches; undefined for a missing or damaged one. */
  runSeal(id: string): Digest | undefined {
    const path = relative.record('runs', id);
    return onFile('read', path, () => {
      const packed = this.segments?.record(id);
      if (packed !== undefined) return matchedSeal(packed);
      const entry = this.files.stat(this.path(path));
      if (entry?.kind !== 'file') return undefined;
      return matchedSeal(this.files.readRange(this.path(path), 0, entry.size));
    });
  }

  /** `run`, but undefined for a damaged record too: for walks that leave damage to verify. */
  readableRun(id: string): RunRecord | undefined {
    try {
      return this.run(id);
    } catch (error) {
      if (error instanceof AetherError && error.code === 'STORE_RECORD_CORRUPT') return undefined;
      throw error;
    }
  }

  batch(id: string): BatchRecord | undefined {
    const text = this.#recordText('batches', id);
    return text === undefined ? undefined : parseBatchFile(text, id, relative.record('batches', id));
  }

  remark(id: string): Remark | undefined {
    const text = this.#recordText('remarks', id);
    return text === undefined ? undefined : parseRemarkFile(text, id, relative.record('remarks', id));
  }

  #recordText(space: RecordSpace, id: string): string | undefined {
    if (!isStoreName(id)) return undefined;
    const path = relative.record(space, id);
    return onFile('read', path, () => {
      try {
        return this.files.readText(this.path(path));
      } catch (error) {
        if (!isOtherKind(error)) throw error;
        throw new AetherError('STORE_RECORD_CORRUPT', `${path} is not a regular file`, error);
      }
    });
  }

  /** True if the record of a run exists. */
  hasRun(id: RunId): boolean {
    if (!isStoreName(id)) return false;
    const path = relative.record('runs', id);
    return onFile('look at', path, () => this.segments?.view.run(id)) !== undefined || this.has(path);
  }

  /** True if an entry exists at a path of the store. */
  has(path: string): boolean {
    return onFile('look at', path, () => this.files.stat(this.path(path))) !== undefined;
  }

  /** The text of a small file; undefined if it is missing. */
  readText(path: string): string | undefined {
    return onFile('read', path, () => this.files.readText(this.path(path)));
  }

  list(directory: string): readonly TreeName[] {
    return onFile('list', directory, () => this.files.list(this.path(directory)));
  }

  ids(space: RecordSpace): readonly string[] {
    return recordIds(this, space);
  }

  runIds(): readonly RunId[] {
    return recordedRuns(this);
  }

  /** The same ids, unordered and packed, for callers that hold them while they read. */
  packedIds(space: RecordSpace): PackedTexts {
    const ids = new PackedTexts();
    onFile('list', space, () => {
      this.files.eachName(this.path(space), (name) => {
        const id = idOfRecordFile(name);
        if (id !== undefined) ids.add(id);
      });
    });
    return ids;
  }

  /** The target of a ref; undefined if it is missing, contains no id, or is not a regular file. */
  refTarget(space: RefSpace, name: string): RunId | undefined {
    if (!isStoreName(name)) return undefined;
    try {
      const packed = space === 'pins' ? undefined : this.#packedRef(space, name);
      if (packed !== undefined) return packed;
      const text = this.readText(relative.ref(space, name));
      return text === undefined ? undefined : parseRefFile(text);
    } catch (error) {
      if (error instanceof AetherError && isOtherKind(error.cause)) return undefined;
      throw error;
    }
  }

  #packedRef(space: 'keys' | 'scenarios', name: string): RunId | undefined {
    const { segments } = this;
    if (segments === undefined) return undefined;
    return onFile('read', relative.ref(space, name), () => parseRunId(segments.ref(space, name) ?? ''));
  }

  /** The record that a ref points to, if the record belongs to the ref. */
  runByRef(space: RefSpace, name: string, belongs: (run: RunRecord) => boolean): RunRecord | undefined {
    const target = this.refTarget(space, name);
    const run = target === undefined ? undefined : this.run(target);
    return run !== undefined && belongs(run) ? run : undefined;
  }
}
