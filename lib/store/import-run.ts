import { parseDigest, RunningDigest, sha256, type Digest } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import type { ArchiveSource } from './archive-source.js';
import { artefactMember, RECORD_MEMBER, SUMS_MEMBER } from './export-run.js';
import { isStoreName } from './layout.js';
import type { ArtefactStore, BlobStager, StagedBlob } from './port.js';
import { parseRunFile } from './record-file.js';
import type { ArtefactEntry, RunRecord } from './records.js';

const TEXT_LIMIT = 64 * 1024 * 1024;

/**
 * Publishes an exported run, cut into the same chunks as before, and returns its record. Every file is held against
 * SHA256SUMS and the record; what does not match is refused as a whole. A completed run also answers for its input key.
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
  const run = parseRecord(text);
  const blobs: StagedBlob[] = [];
  try {
    for (const artefact of run.artefacts) {
      if (!artefact.stored) continue;
      expectDigest(sums, artefactMember(artefact), artefact.digest);
      await stageArtefact(archive.pieces(artefactMember(artefact)), artefact, { stager, blobs });
    }
  } catch (error) {
    await store.discard(blobs);
    throw error instanceof AetherError ? error : invalid(`the archive cannot be unpacked`, error);
  }
  await store.publish({ record: run, blobs, cacheable: run.state === 'completed' });
  return run;
}

function invalid(message: string, cause?: unknown): AetherError {
  return new AetherError('STORE_IMPORT_INVALID', message, cause);
}

async function textOf(archive: ArchiveSource, name: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of archive.pieces(name)) {
    size += piece.length;
    if (size > TEXT_LIMIT) throw invalid(`${name} is larger than any record`);
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
    else if (line !== '') throw invalid(`${SUMS_MEMBER} has a line that is no sum: ${line.slice(0, 80)}`);
  }
  return sums;
}

function expectDigest(sums: ReadonlyMap<string, Digest>, name: string, found: Digest): void {
  const expected = sums.get(name);
  if (expected === undefined) throw invalid(`${SUMS_MEMBER} does not name ${name}`);
  if (expected !== found) throw invalid(`${name} does not match ${SUMS_MEMBER}`);
}

/** The record checks itself; its id is taken from inside, as the archive may have been renamed. */
function parseRecord(text: string): RunRecord {
  const id = idIn(text);
  if (!isStoreName(id)) throw invalid(`${RECORD_MEMBER} has no usable id`);
  return parseRunFile(text, id, RECORD_MEMBER);
}

function idIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'id' in value) return String(value.id);
  } catch {
    // Reported by the caller: a record that is no JSON has no id either.
  }
  return '';
}

/** Cuts the bytes at the recorded chunk borders and stages them; `blobs` takes what was staged even on failure. */
async function stageArtefact(
  pieces: AsyncIterable<Uint8Array>,
  artefact: ArtefactEntry,
  into: { readonly stager: BlobStager; readonly blobs: StagedBlob[] },
): Promise<void> {
  const whole = new RunningDigest();
  const name = artefactMember(artefact);
  let held = Buffer.alloc(0);
  let next = 0;
  const cut = (): void => {
    for (let chunk = artefact.chunks[next]; chunk !== undefined; chunk = artefact.chunks[++next]) {
      if (held.length < chunk.size) return;
      const blob = into.stager.put(held.subarray(0, chunk.size));
      into.blobs.push(blob);
      if (blob.digest !== chunk.digest) throw invalid(`${name} does not match its recorded chunks`);
      held = held.subarray(chunk.size);
    }
  };
  for await (const piece of pieces) {
    whole.update(piece);
    held = Buffer.concat([held, piece]);
    cut();
  }
  cut();
  const complete = held.length === 0 && next === artefact.chunks.length && whole.finish() === artefact.digest;
  if (!complete) throw invalid(`${name} does not match its recorded digest`);
}
