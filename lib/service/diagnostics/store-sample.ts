import type { ArtefactStore } from '../../store/port.js';
import type { RunDirectory } from '../runs/run-directory.js';
import { shownText } from '../shown-text.js';
import { failed, passed, skipped, type CheckVerdict } from './diagnostic-check.js';

/** Number of runs in a sample. */
const SAMPLE = 25;

/** Reads every stored byte of an even selection of runs. */
export async function checkSample(
  { store, directory }: { readonly store: ArtefactStore; readonly directory: RunDirectory },
  signal: AbortSignal,
): Promise<CheckVerdict> {
  const ids = await store.runIds();
  const step = Math.max(1, Math.floor(ids.length / SAMPLE));
  const sample = ids.filter((_, index) => index % step === 0).slice(0, SAMPLE);
  let bytes = 0;
  for (const id of sample) {
    if (signal.aborted) return skipped('stopped');
    const read = await directory.verified(id);
    if ('problem' in read) return failed(shownText(read.problem));
    bytes += read.bytes;
  }
  return passed(`${String(sample.length)} runs, ${String(bytes)} bytes match their digests`);
}
