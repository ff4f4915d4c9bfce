import type { Digest } from '../../base/digest.js';
import type { RunId } from '../../base/run-id.js';
import type { DiskStore } from '../disk-store.js';
import type { RunRecord } from '../record-types.js';
import { pinnedRuns } from './pins.js';
import { blobSize } from './walk-tree.js';

/** One reference of a run to a digest. */
export interface DigestUse {
  readonly run: RunId;
  readonly name: string;
  /**
   * Role of the digest: a stored chunk, a whole artefact, the result, the input key, or a resolved document.
   */
  readonly role: 'chunk' | 'artefact' | 'result' | 'input_key' | 'input';
  /** Artefact kind or document; null for result and input key. */
  readonly kind: string | null;
  /** Position from 0 and ticks of a chunk; null otherwise. */
  readonly chunk: { readonly index: number; readonly first_tick: number; readonly last_tick: number } | null;
  readonly pinned: boolean;
}

export interface WhyReport {
  readonly digest: Digest;
  /** Size of the blob with this digest; null if there is none. */
  readonly blob_size: number | null;
  /** By run id, ascending. */
  readonly uses: readonly DigestUse[];
}

/** Every reference to a digest. Unreadable records are skipped: verify reports them. */
export async function whyStored(store: DiskStore, digest: Digest): Promise<WhyReport> {
  const { reader } = store;
  const pins = new Set(pinnedRuns(store));
  const uses: DigestUse[] = [];
  for (const id of reader.runIds()) {
    const run = reader.readableRun(id);
    if (run === undefined) continue;
    for (const use of usesIn(run, digest)) uses.push({ ...use, pinned: pins.has(id) });
  }
  const blob_size = reader.hasBlob(digest) ? blobSize(reader, digest) : null;
  return { digest, blob_size, uses };
}

function* usesIn(run: RunRecord, digest: Digest): Generator<Omit<DigestUse, 'pinned'>> {
  const at = { run: run.id, name: run.name, chunk: null };
  if (run.result_digest === digest) yield { ...at, role: 'result', kind: null };
  if (run.input_key === digest) yield { ...at, role: 'input_key', kind: null };
  for (const [kind, input] of Object.entries(run.inputs))
    if (input === digest) yield { ...at, role: 'input', kind };
  for (const { kind, digest: whole, chunks } of run.artefacts) {
    if (whole === digest) yield { ...at, role: 'artefact', kind };
    for (const [index, chunk] of chunks.entries()) {
      if (chunk.digest !== digest) continue;
      const { first_tick, last_tick } = chunk;
      yield { ...at, role: 'chunk', kind, chunk: { index, first_tick, last_tick } };
    }
  }
}
