import { AetherError } from '../../base/errors.js';
import { artefactPieces } from '../../store/archive/export-run.js';
import type { ArtefactStore } from '../../store/port.js';
import { resultDigestOf } from '../../store/upkeep/verify-store.js';
import { shownText } from '../shown-text.js';
import { failed, passed, skipped, type CheckVerdict } from './diagnostic-check.js';

/** Runs looked at in a sample. */
const SAMPLE = 25;

/** Reads every stored byte of an even selection of runs. */
export async function checkSample(store: ArtefactStore, signal: AbortSignal): Promise<CheckVerdict> {
  const ids = await store.runIds();
  const step = Math.max(1, Math.floor(ids.length / SAMPLE));
  const sample = ids.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  let bytes = 0;
  for (const id of sample) {
    if (signal.aborted) return skipped('stopped');
    try {
      const record = await store.run(id);
      if (record === undefined) continue;
      if (resultDigestOf(record) !== record.result_digest)
        return failed(`the result digest of run ${id} does not follow from its artefacts`);
      for (const artefact of record.artefacts.filter(({ stored }) => stored)) {
        for await (const piece of artefactPieces(store, artefact)) bytes += piece.length;
      }
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      return failed(`run ${id}: ${shownText(error.message)}`);
    }
  }
  return passed(`${String(sample.length)} runs, ${String(bytes)} bytes match their digests`);
}
