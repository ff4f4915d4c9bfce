import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import { artefactPieces } from '../../store/archive/export-run.js';
import type { ArtefactReader } from '../../store/port.js';
import { resultDigest } from '../../base/result-digest.js';

/** Result of reading a run: the number of bytes, or why they are invalid. */
export type ReadRun = { readonly bytes: number } | { readonly problem: string };

/** Reads and verifies every stored byte of a run; no bytes for a removed run. */
export async function readRun(store: ArtefactReader, id: RunId): Promise<ReadRun> {
  try {
    const record = await store.run(id);
    if (record === undefined) return { bytes: 0 };
    if (resultDigest(record.artefacts) !== record.result_digest)
      return { problem: `the result digest of run ${id} does not match its artefacts` };
    let bytes = 0;
    for (const artefact of record.artefacts.filter(({ stored }) => stored)) {
      for await (const piece of artefactPieces(store, artefact)) bytes += piece.length;
    }
    return { bytes };
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    return { problem: `run ${id}: ${error.message}` };
  }
}
