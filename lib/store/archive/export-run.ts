import { RunningDigest, sha256, type Digest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import type { ArtefactReader } from '../port.js';
import { sealRecord } from '../record-file.js';
import type { ArtefactEntry, RunRecord } from '../record-types.js';
import { exportedRemarks, REMARKS_MEMBER } from './exported-remarks.js';

/** File names of an exported run. */
export const RECORD_MEMBER = 'run.json';
export const SUMS_MEMBER = 'SHA256SUMS';

/** One file of an exported run. */
export interface ExportMember {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The content; throws STORE_BLOB_MISSING or STORE_BLOB_CORRUPT if the bytes do not match. */
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

/** A run as regular files. */
export interface RunExport {
  readonly run: RunRecord;
  /** The record, one file for each stored artefact, and the checksums for `sha256sum -c`. */
  readonly members: readonly ExportMember[];
}

/** File name of an artefact in an exported run. */
export function artefactMember({ kind, media_type }: ArtefactEntry): string {
  return `${kind}.${media_type === 'application/json' ? 'json' : 'jsonl'}`;
}

/** The text of SHA256SUMS for these files. */
export function sumsText(sums: Iterable<readonly [name: string, digest: Digest]>): string {
  return [...sums].map(([name, digest]) => `${digest}  ${name}\n`).join('');
}

/**
 * All files of a run in the store, to be written to a directory or an archive. Artefacts that a compact run
 * does not store are omitted.
 *
 * @throws AetherError STORE_RUN_MISSING
 */
export async function exportRun(store: ArtefactReader, id: RunId): Promise<RunExport> {
  const run = await store.run(id);
  if (run === undefined) throw new AetherError('STORE_RUN_MISSING', `there is no run ${id}`);
  const stored = run.artefacts.filter((artefact) => artefact.stored);
  const record = sealRecord(run);
  const remarks = await exportedRemarks(store, id);
  const sums = sumsText([
    [RECORD_MEMBER, sha256(record)],
    ...(remarks === '' ? [] : [[REMARKS_MEMBER, sha256(remarks)] as const]),
    ...stored.map((artefact) => [artefactMember(artefact), artefact.digest] as const),
  ]);
  const artefacts = stored.map((artefact) => ({
    name: artefactMember(artefact),
    size: artefact.size,
    pieces: () => artefactPieces(store, artefact),
  }));
  const said = remarks === '' ? [] : [textMember(REMARKS_MEMBER, remarks)];
  const members = [textMember(RECORD_MEMBER, record), ...said, ...artefacts, textMember(SUMS_MEMBER, sums)];
  return { run, members };
}

/** A member with its bytes in memory. */
export function textMember(name: string, text: string): ExportMember {
  const bytes = Buffer.from(text);
  return {
    name,
    size: bytes.length,
    async *pieces() {
      yield bytes;
    },
  };
}

/**
 * The bytes of a stored artefact, chunk by chunk; the last piece is yielded only if the whole matches its
 * digest.
 */
export async function* artefactPieces(
  store: ArtefactReader,
  artefact: ArtefactEntry,
): AsyncGenerator<Uint8Array> {
  const whole = new RunningDigest();
  for (const [index, { digest }] of artefact.chunks.entries()) {
    const bytes = await store.blob(digest);
    whole.update(bytes);
    if (index === artefact.chunks.length - 1 && whole.finish() !== artefact.digest) {
      throw new AetherError(
        'STORE_BLOB_CORRUPT',
        `the chunks of ${artefact.kind} do not match ${artefact.digest}`,
      );
    }
    yield bytes;
  }
}
