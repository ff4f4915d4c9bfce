import { deserialize, serialize } from 'node:v8';
import type { RunInputs } from '../../engine/inputs.js';
import { runMemory } from '../plan/budget.js';

/** Inputs packed into shared memory: a thread that passes them on neither reads nor copies them. Plain data. */
export interface PackedInputs {
  readonly packed: SharedArrayBuffer;
  /** Estimated bytes of memory that the run needs, see `runMemory`. */
  readonly memory_bytes: number;
}

/** The inputs of a job, packed where the planning thread has not read them itself. */
export type JobInputs = RunInputs | PackedInputs;

/** Packs inputs by the structured clone algorithm, as a thread boundary would copy them. */
export function packInputs(inputs: RunInputs): PackedInputs {
  const bytes = serialize(inputs);
  const packed = new SharedArrayBuffer(bytes.length);
  new Uint8Array(packed).set(bytes);
  return { packed, memory_bytes: runMemory(inputs) };
}

export function unpackInputs(inputs: JobInputs): RunInputs {
  return isPacked(inputs) ? (deserialize(new Uint8Array(inputs.packed)) as RunInputs) : inputs;
}

/** Estimated bytes of memory that a run with these inputs needs. */
export function memoryOf(inputs: JobInputs): number {
  return isPacked(inputs) ? inputs.memory_bytes : runMemory(inputs);
}

function isPacked(inputs: JobInputs): inputs is PackedInputs {
  return 'packed' in inputs;
}
