import type { Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { ArtefactReader } from '../../store/port.js';
import type { RunRecord } from '../../store/record-types.js';
import { diffRuns, type RunDiff } from '../diff/diff-runs.js';
import { RunArtefacts } from './run-artefacts.js';
import { RunView } from '../run-view.js';

/**
 * A run whose bytes are stored outside the store, such as a golden; other bytes may still be in the store.
 */
export interface KeptRun {
  readonly record: RunRecord;
  readonly chunk: (digest: Digest) => Uint8Array | undefined;
}

/** A view of a run stored outside the store. Bytes that neither place has are STORE_BLOB_MISSING. */
export function keptRunView(store: ArtefactReader, kept: KeptRun): RunView {
  const { record } = kept;
  const artefacts = new RunArtefacts(store, record, async (entry) => {
    if (!entry.stored)
      throw new AetherError('STORE_BLOB_MISSING', `${entry.kind} of ${record.name} is not stored`);
    const { chunks } = entry;
    const bytes = (digest: Digest): Promise<Uint8Array> | Uint8Array =>
      kept.chunk(digest) ?? store.blob(digest);
    return { entry, chunks, chunk: async (index) => bytes(chunks[index]!.digest) };
  });
  return new RunView(artefacts);
}

/** Compares a run stored outside the store with a stored one, and counts every differing record. */
export function diffWithKept(store: ArtefactReader, kept: KeptRun, run: RunRecord): Promise<RunDiff> {
  const view = new RunView(new RunArtefacts(store, run));
  return diffRuns(keptRunView(store, kept), view, { count_bytes: Infinity });
}
