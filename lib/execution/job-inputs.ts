import { deserialize, serialize } from 'node:v8';
import type { RunInputs } from '../engine/inputs.js';
import { runMemory } from './run-memory.js';

/**
 * Inputs packed into shared memory: a thread that forwards them neither reads nor copies them. Plain data.
 */
export interface PackedInputs {
  readonly packed: SharedArrayBuffer;
  /** Estimated memory of the run in bytes, see `runMemory`. */
  readonly memory_bytes: number;
}

/** A document common to several jobs, in shared memory. Plain data. */
export interface SharedDocument {
  /** Equal for the same document, within one process. */
  readonly id: number;
  readonly packed: SharedArrayBuffer;
}

/** Inputs with some documents shared with other jobs. Plain data. */
interface InputsWithShared {
  readonly own: Readonly<Record<string, unknown>>;
  /** By name of the document; `windows` are those of the run. */
  readonly shared: Readonly<Partial<Record<keyof RunInputs | 'windows', SharedDocument>>>;
}

/** The inputs of a job, packed unless the planning thread has read them itself. */
export type JobInputs = RunInputs | PackedInputs | InputsWithShared;

/**
 * Sends documents to threads once instead of with every run: a document that occurs for the second time is
 * packed into shared memory, from which each thread reads it once.
 */
export class DocumentSharing {
  readonly #seen = new WeakMap<object, SharedDocument | 'once'>();
  #ids = 0;

  share(inputs: JobInputs): JobInputs {
    if ('packed' in inputs || 'shared' in inputs) return inputs;
    const own: Record<string, unknown> = {};
    const shared: Record<string, SharedDocument> = {};
    const { run, ...documents } = inputs;
    for (const [name, document] of Object.entries(documents)) {
      const known = typeof document === 'object' && document !== null ? this.#shared(document) : undefined;
      if (known === undefined) own[name] = document;
      else shared[name] = known;
    }
    // A RunConfig mostly differs per cell, but its windows are common to all cells.
    const { windows, ...rest } = run;
    const known = this.#shared(windows);
    own['run'] = known === undefined ? run : rest;
    return { own, shared: known === undefined ? shared : { ...shared, windows: known } };
  }

  #shared(document: object): SharedDocument | undefined {
    const known = this.#seen.get(document);
    if (known === undefined) this.#seen.set(document, 'once');
    if (known === undefined || typeof known === 'object') return known;
    const shared = { id: (this.#ids += 1), packed: pack(document) };
    this.#seen.set(document, shared);
    return shared;
  }
}

function pack(document: object): SharedArrayBuffer {
  const bytes = serialize(document);
  const packed = new SharedArrayBuffer(bytes.length);
  new Uint8Array(packed).set(bytes);
  return packed;
}

/** Maximum bytes of cached documents of a thread. */
const KEPT_BYTES = 64 * 1024 * 1024;

const kept = new Map<number, { readonly document: unknown; readonly bytes: number }>();
let keptBytes = 0;

/** The document, which must not be modified; read from shared memory if this thread has not cached it. */
function documentOf({ id, packed }: SharedDocument): unknown {
  const known = kept.get(id);
  if (known !== undefined) return known.document;
  const bytes = packed.byteLength;
  if (keptBytes + bytes > KEPT_BYTES) {
    kept.clear();
    keptBytes = 0;
  }
  const document: unknown = deserialize(new Uint8Array(packed));
  kept.set(id, { document, bytes });
  keptBytes += bytes;
  return document;
}

/** Packs inputs by the structured clone algorithm, as for another thread. */
export function packInputs(inputs: RunInputs): PackedInputs {
  return { packed: pack(inputs), memory_bytes: runMemory(inputs) };
}

export function unpackInputs(inputs: JobInputs): RunInputs {
  if ('packed' in inputs) return deserialize(new Uint8Array(inputs.packed)) as RunInputs;
  if (!('shared' in inputs)) return inputs;
  const { windows, ...documents } = inputs.shared;
  const found: Record<string, unknown> = { ...inputs.own };
  for (const [name, document] of Object.entries(documents)) found[name] = documentOf(document);
  if (windows !== undefined) found['run'] = { ...(found['run'] as object), windows: documentOf(windows) };
  return found as unknown as RunInputs;
}

/** Estimated memory of a run with these inputs in bytes. */
export function memoryOf(inputs: JobInputs): number {
  return 'packed' in inputs ? inputs.memory_bytes : runMemory(unpackInputs(inputs));
}
