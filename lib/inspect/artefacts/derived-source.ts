import pLimit from 'p-limit';
import { AetherError, invariant } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { ArtefactEntry, ChunkEntry, RunRecord } from '../../store/record-types.js';
import type { ArtefactSource } from './artefact-source.js';
import { ArtefactTally, rerun, type RerunChunk } from './rerun.js';

/** Maximum size of a derived artefact held in memory; a larger one is computed again while it is read. */
const HELD_BYTES = 64 << 20;

/**
 * The source of an artefact that a compact run does not store: the run is computed again, and the result must
 * have the recorded digest.
 *
 * @throws AetherError REPLAY_MISMATCH when it has not: another engine, or damaged inputs
 */
export async function derivedSource(
  inputs: RunInputs,
  record: RunRecord,
  entry: ArtefactEntry,
  heldBytes = HELD_BYTES,
): Promise<ArtefactSource> {
  const start = (): AsyncGenerator<RerunChunk> =>
    rerun(inputs, record, { wanted: (kind) => kind === entry.kind });
  const held: Uint8Array[] = [];
  const chunks: ChunkEntry[] = [];
  const tally = new ArtefactTally();
  for await (const { bytes, digest, size, records, first_tick, last_tick } of start()) {
    tally.add({ bytes, size, records });
    chunks.push({ digest, size, records, first_tick, last_tick });
    if (entry.size <= heldBytes) held.push(bytes);
  }
  const made = tally.finish();
  if (made.digest !== entry.digest || made.records !== entry.records) throw mismatch(record, entry);
  if (entry.size <= heldBytes) return { entry, chunks, chunk: async (index) => held[index]! };
  const walk = new Walk(start);
  return { entry, chunks, chunk: (index) => walk.to(index) };
}

/**
 * Iterates over the chunks of a run that is computed again; going forward is cheap, going back starts over.
 */
class Walk {
  readonly #start: () => AsyncGenerator<RerunChunk>;
  #chunks: AsyncGenerator<RerunChunk> | undefined;
  #next = 0;
  #bytes = new Uint8Array(0);
  readonly #turn = pLimit(1);

  constructor(start: () => AsyncGenerator<RerunChunk>) {
    this.#start = start;
  }

  /** Concurrent readers are served one after another. */
  to(index: number): Promise<Uint8Array> {
    return this.#turn(() => this.#go(index));
  }

  async #go(index: number): Promise<Uint8Array> {
    if (index < this.#next - 1) this.#chunks = undefined;
    if (this.#chunks === undefined) {
      this.#chunks = this.#start();
      this.#next = 0;
    }
    for (; this.#next <= index; this.#next++) {
      const step = await this.#chunks.next();
      invariant(step.done !== true, 'a run that is computed again must have the same number of chunks');
      this.#bytes = new Uint8Array(step.value.bytes);
    }
    return this.#bytes;
  }
}

/** The error for bytes that differ from the recorded ones. */
export function mismatch(record: RunRecord, { kind }: ArtefactEntry): AetherError {
  return new AetherError(
    'REPLAY_MISMATCH',
    `${kind} of run ${record.id} cannot be re-derived: engine ${record.engine.version} recorded another digest`,
  );
}
