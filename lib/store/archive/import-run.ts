import { parseDigest, sha256, type Digest } from '../../base/digest.js';
import type { FindContradictions, RunEvidence } from '../evidence.js';
import { importInvalid } from './archive-member.js';
import type { ArchiveSource } from './archive-source.js';
import { parseExportedRemarks, REMARKS_MEMBER } from './exported-remarks.js';
import type { Remark } from '../remarks/remark.js';
import { artefactMember, RECORD_MEMBER, SUMS_MEMBER } from './export-run.js';
import { parseImportedRecord } from './imported-record.js';
import type { ArtefactStore, BlobStager, StagedBlob } from '../port.js';
import { resultOf, type RunRecord, type ArtefactEntry } from '../record-types.js';
import { mayAnswer } from '../ref-claims.js';
import { stageArtefact } from './stage-artefact.js';

const TEXT_LIMIT = 64 * 1024 * 1024;

const INPUTS_LIMIT = 256 * 1024 * 1024;

/** Target of an import. */
export interface ImportTarget {
  readonly store: ArtefactStore;
  /** Stager of the same store. */
  readonly stager: BlobStager;
  /**
   * Returns a claim of a run that its recorded inputs contradict; undefined if there is none. Called for runs
   * that may answer for their input key: the store itself does not know how a key is computed.
   */
  readonly contradiction?: (run: RunRecord, inputs: Uint8Array) => string | undefined;
  /**
   * Called for every run: a record that its artefacts contradict is refused, whether it may answer or not.
   */
  readonly contradictions?: FindContradictions;
}

/**
 * Publishes an exported run with its original chunks, and returns its record. Every file is checked against
 * SHA256SUMS and the record; any mismatch refuses the whole run. An import takes no ref from an existing run,
 * except the name ref of an older run.
 *
 * @throws AetherError STORE_IMPORT_INVALID, and the errors of publishing
 */
export async function importRun(target: ImportTarget, archive: ArchiveSource): Promise<RunRecord> {
  const { store, stager } = target;
  const sums = parseSums(await textOf(archive, SUMS_MEMBER));
  const text = await textOf(archive, RECORD_MEMBER);
  expectDigest(sums, RECORD_MEMBER, sha256(text));
  const run = parseImportedRecord(text);
  const stored = run.artefacts.filter((artefact) => artefact.stored);
  for (const artefact of stored) expectDigest(sums, artefactMember(artefact), artefact.digest);
  if (mayAnswer(run)) await checkAnswer(run, archive, target);
  const wrong = (await target.contradictions?.(run, archiveEvidence(archive))) ?? [];
  if (wrong.length > 0) {
    throw importInvalid(
      wrong.map(({ field, message }) => `${RECORD_MEMBER}: ${field} ${message}`).join('; '),
    );
  }
  const remarks = await remarksOf(run, sums, archive);
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
  for (const remark of remarks) await store.addRemark(remark);
  return run;
}

/**
 * The remarks of the run, in order; exports of older versions and of runs without remarks have no such file.
 */
async function remarksOf(
  run: RunRecord,
  sums: ReadonlyMap<string, Digest>,
  archive: ArchiveSource,
): Promise<readonly Remark[]> {
  if (!sums.has(REMARKS_MEMBER)) return [];
  const text = await textOf(archive, REMARKS_MEMBER);
  expectDigest(sums, REMARKS_MEMBER, sha256(text));
  return parseExportedRemarks(text, run.id);
}

/** A run that answers for its input key must have a result and the inputs of the key. */
async function checkAnswer(
  run: RunRecord,
  archive: ArchiveSource,
  { contradiction }: ImportTarget,
): Promise<void> {
  if (resultOf(run) === null)
    throw importInvalid('a run without a result cannot be imported as the result of its inputs');
  const entry = run.artefacts.find(({ kind, stored }) => kind === 'inputs' && stored);
  if (entry === undefined) throw importInvalid('a run without its inputs cannot be imported as their result');
  if (contradiction === undefined) return;
  const inputs = await bytesOf(archive, artefactMember(entry), INPUTS_LIMIT);
  if (sha256(inputs) !== entry.digest) throw importInvalid('inputs does not match its recorded digest');
  const wrong = contradiction(run, inputs);
  if (wrong !== undefined) throw importInvalid(wrong);
}

async function textOf(archive: ArchiveSource, name: string): Promise<string> {
  return (await bytesOf(archive, name, TEXT_LIMIT)).toString('utf8');
}

async function bytesOf(archive: ArchiveSource, name: string, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of archive.pieces(name)) {
    size += piece.length;
    if (size > limit) throw importInvalid(`${name} is larger than any artefact of a run`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parseSums(text: string): ReadonlyMap<string, Digest> {
  const sums = new Map<string, Digest>();
  for (const line of text.split('\n')) {
    const match = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
    const digest = parseDigest(match?.[1] ?? '');
    if (digest !== undefined) sums.set(match![2]!, digest);
    else if (line !== '')
      throw importInvalid(`${SUMS_MEMBER} has a line that is not a checksum: ${line.slice(0, 80)}`);
  }
  return sums;
}

function expectDigest(sums: ReadonlyMap<string, Digest>, name: string, found: Digest): void {
  const expected = sums.get(name);
  if (expected === undefined) throw importInvalid(`${SUMS_MEMBER} does not name ${name}`);
  if (expected !== found) throw importInvalid(`${name} does not match ${SUMS_MEMBER}`);
}

/** The artefacts in an archive, with the sizes in its entries. */
function archiveEvidence(archive: ArchiveSource): RunEvidence {
  async function* from(
    entry: ArtefactEntry,
    chunk: number,
  ): AsyncGenerator<Uint8Array | undefined, void, undefined> {
    if (!entry.stored || entry.size === 0) return yield undefined;
    const start = entry.chunks.slice(0, chunk).reduce((sum, { size }) => sum + size, 0);
    let offset = 0;
    for await (const piece of archive.pieces(artefactMember(entry))) {
      if (offset + piece.length > start) yield piece.slice(Math.max(0, start - offset));
      offset += piece.length;
      // Content longer than its recorded size is refused by the import.
      if (offset > entry.size) return yield undefined;
    }
  }
  const gathered = async (entry: ArtefactEntry, chunk: number): Promise<Uint8Array | undefined> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of from(entry, chunk)) {
      if (piece === undefined) return undefined;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  };
  return {
    whole: (entry) => gathered(entry, 0),
    last: (entry) => gathered(entry, Math.max(0, entry.chunks.length - 1)),
    from,
  };
}
