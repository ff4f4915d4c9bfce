import type { GrowingFiles } from '../../base/ports.js';
import type { RunId } from '../../base/run-id.js';
import type { ArtefactStore } from '../../store/port.js';
import type { ArtefactEntry } from '../../store/record-types.js';
import { Refusal } from '../refusal.js';
import { spoolName } from '../runs/run-marker.js';
import type { Supervisor } from '../runs/supervisor.js';
import type { StateDirectory } from '../state/state-directory.js';
import type { Digest } from '../../base/digest.js';

/** The bytes of the log of a run: the offsets are the same while it is written and in the artefact. */
export interface LogSource {
  /** Current size in bytes. */
  readonly size: number;
  /** True if it is complete. */
  readonly ended: boolean;
  /** Up to `length` bytes from an offset; less at the end or at a chunk border. */
  read(from: number, length: number): Promise<Uint8Array>;
}

export interface LogSourceOptions {
  readonly supervisor: Supervisor;
  readonly store: ArtefactStore;
  readonly state: StateDirectory;
  readonly files: GrowingFiles;
}

/** Finds logs: of supervised runs in the state directory, of all others in the tree. */
export class LogSources {
  readonly #options: LogSourceOptions;

  readonly #chunks: ChunkCache;

  constructor(options: LogSourceOptions) {
    this.#options = options;
    this.#chunks = new ChunkCache((digest) => options.store.blob(digest));
  }

  /** @throws Refusal unknown-run */
  async of(run: RunId): Promise<LogSource> {
    const { supervisor, store, state, files } = this.#options;
    const handle = supervisor.get(run);
    if (handle !== undefined && handle.end?.recorded !== true) {
      const path = state.file('live', spoolName(run));
      // Read before the size, so that an end implies a final size.
      const ended = handle.isOver;
      return { size: files.size(path), ended, read: (from, length) => files.read(path, from, length) };
    }
    const record = await store.run(run);
    if (record === undefined) throw new Refusal('unknown-run', `There is no run ${run}`);
    const entry = record.artefacts.find(({ kind }) => kind === 'log');
    return entry === undefined ? NOTHING : storedLog(this.#chunks, entry);
  }

  /** The growing log file of a run; undefined once it no longer grows. */
  growing(run: RunId): { readonly path: string; readonly over: Promise<unknown> } | undefined {
    const { supervisor, state } = this.#options;
    const handle = supervisor.get(run);
    if (handle === undefined || handle.isOver) return undefined;
    return { path: state.file('live', spoolName(run)), over: handle.over };
  }
}

const NOTHING: LogSource = { size: 0, ended: true, read: () => Promise.resolve(new Uint8Array(0)) };

function storedLog(chunks: ChunkCache, entry: ArtefactEntry): LogSource {
  return {
    size: entry.size,
    ended: true,
    async read(from, length) {
      let start = 0;
      for (const { digest, size } of entry.chunks) {
        if (from < start + size) {
          const bytes = await chunks.get(digest, size);
          return bytes.subarray(from - start, from - start + length);
        }
        start += size;
      }
      return new Uint8Array(0);
    },
  };
}

/** Maximum of cached bytes. */
const LIMIT = 32 * 1024 * 1024;

/**
 * Chunks of stored logs, read and verified once for all clients that read the same place: a stream reads a
 * small piece at a time, and the rest of the chunk would be most of its cost.
 */
class ChunkCache {
  readonly #read: (digest: Digest) => Promise<Uint8Array>;
  /** By digest, the most recently used last. */
  readonly #chunks = new Map<Digest, { readonly size: number; readonly bytes: Promise<Uint8Array> }>();
  #size = 0;

  constructor(read: (digest: Digest) => Promise<Uint8Array>) {
    this.#read = read;
  }

  /** @param size size of the chunk in its record */
  get(digest: Digest, size: number): Promise<Uint8Array> {
    const known = this.#chunks.get(digest);
    if (known !== undefined) {
      this.#chunks.delete(digest);
      this.#chunks.set(digest, known);
      return known.bytes;
    }
    const bytes = this.#read(digest);
    this.#chunks.set(digest, { size, bytes });
    this.#size += size;
    bytes.catch(() => {
      this.#forget(digest);
    });
    for (const oldest of this.#chunks.keys()) {
      if (this.#size <= LIMIT || oldest === digest) break;
      this.#forget(oldest);
    }
    return bytes;
  }

  #forget(digest: Digest): void {
    this.#size -= this.#chunks.get(digest)?.size ?? 0;
    this.#chunks.delete(digest);
  }
}
