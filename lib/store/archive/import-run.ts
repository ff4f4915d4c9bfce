import { parseDigest, sha256, type Digest } from '../../base/digest.js';
import { importInvalid } from './archive-member.js';
import type { ArchiveSource } from './archive-source.js';
import { artefactMember, RECORD_MEMBER, SUMS_MEMBER } from './export-run.js';
import { parseImportedRecord } from './imported-record.js';
import type { ArtefactStore, BlobStager, StagedBlob } from '../port.js';
import type { RunRecord } from '../records.js';
import { mayAnswer } from '../ref-claims.js';
import { stageArtefact } from './stage-artefact.js';

const TEXT_LIMIT = 64 * 1024 * 1024;

/**
 * Publishes an exported run, cut into the same chunks as before, and returns its record. Every file is held against
 * SHA256SUMS and the record; what does not match is refused as a whole. No ref that names a standing run is taken from
 * it, but that of a name from an older run.
 *
 * @throws AetherError STORE_IMPORT_INVALID, and whatever publishing throws
 */
export async function importRun(
  store: ArtefactStore,
  stager: BlobStager,
  archive: ArchiveSource,
): Promise<RunRecord> {
  const sums = parseSums(await textOf(archive, SUMS_MEMBER));
  const text = await textOf(archive, RECORD_MEMBER);
  expectDigest(sums, RECORD_MEMBER, sha256(text));
  const run = parseImportedRecord(text);
  const stored = run.artefacts.filter((artefact) => artefact.stored);
  for (const artefact of stored) expectDigest(sums, artefactMember(artefact), artefact.digest);
  const blobs: StagedBlob[] = [];
  try {
    for (const artefact of stored) {
      await stageArtefact(archive.pieces(artefactMember(artefact)), artefact, { stager, blobs });
    }
  } catch (error) {
    await store.discard(blobs);
    throw error;
  }
  await store.publish({ record: run, blobs, cacheable: mayAnswer(run), imported: true });
  return run;
}

async function textOf(archive: ArchiveSource, name: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of archive.pieces(name)) {
    size += piece.length;
    if (size > TEXT_LIMIT) throw importInvalid(`${name} is larger than any record`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parseSums(text: string): ReadonlyMap<string, Digest> {
  const sums = new Map<string, Digest>();
  for (const line of text.split('\n')) {
    const match = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
    const digest = parseDigest(match?.[1] ?? '');
    if (digest !== undefined) sums.set(match![2]!, digest);
    else if (line !== '')
      throw importInvalid(`${SUMS_MEMBER} has a line that is no sum: ${line.slice(0, 80)}`);
  }
  return sums;
}

function expectDigest(sums: ReadonlyMap<string, Digest>, name: string, found: Digest): void {
  const expected = sums.get(name);
  if (expected === undefined) throw importInvalid(`${SUMS_MEMBER} does not name ${name}`);
  if (expected !== found) throw importInvalid(`${name} does not match ${SUMS_MEMBER}`);
}
