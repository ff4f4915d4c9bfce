import { parseDigest } from '../../base/digest.js';
import { isInt } from '../../base/integers.js';
import { importInvalid } from './archive-member.js';
import { RECORD_MEMBER } from './export-run.js';
import { isStoreName } from '../layout.js';
import { parseRunFile } from '../record-file.js';
import { RUN_STATES, type ArtefactEntry, type ChunkEntry, type RunRecord } from '../records.js';
import { resultDigestOf } from '../upkeep/verify-store.js';

/** Several times what a run is ever cut into; more is not worth holding in memory. */
const LARGEST_CHUNK = 256 * 1024 * 1024;

/**
 * Parses a record that comes from elsewhere. Its seal tells damage, not intent: whoever can write a record can seal it.
 * So everything that importing and the store rely on is checked. The id is taken from inside, as the archive may have
 * been renamed.
 *
 * @throws AetherError STORE_IMPORT_INVALID, STORE_RECORD_CORRUPT
 */
export function parseImportedRecord(text: string): RunRecord {
  const id = idIn(text);
  if (!isStoreName(id)) throw importInvalid(`${RECORD_MEMBER} has no usable id`);
  const run = parseRunFile(text, id, RECORD_MEMBER);
  const wrong = wrongField(run);
  if (wrong !== undefined) throw importInvalid(`${RECORD_MEMBER} has no usable ${wrong}`);
  if (resultDigestOf(run) !== run.result_digest) {
    throw importInvalid(`${RECORD_MEMBER} has a result_digest that its artefacts do not give`);
  }
  return run;
}

function idIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('id' in value)) return '';
    if (typeof value.id === 'string') return value.id;
  } catch {
    // Reported by the caller: a record that is no JSON has no id either.
  }
  return '';
}

/** The first field that is not what its type promises; undefined when all are. */
function wrongField(run: RunRecord): string | undefined {
  const usable: Readonly<Record<string, () => boolean>> = {
    name: () => isName(run.name),
    input_key: () => isDigest(run.input_key),
    result_digest: () => isDigest(run.result_digest),
    state: () => RUN_STATES.includes(run.state),
    started_at: () => isTime(run.started_at),
    ended_at: () => isTime(run.ended_at),
    artefacts: () =>
      Array.isArray(run.artefacts) && run.artefacts.every(isArtefact) && areDistinct(run.artefacts),
  };
  return Object.keys(usable).find((field) => !usable[field]!());
}

function areDistinct(artefacts: readonly ArtefactEntry[]): boolean {
  return new Set(artefacts.map(({ kind }) => kind)).size === artefacts.length;
}

function isArtefact(value: ArtefactEntry | null): boolean {
  return (
    value !== null &&
    isName(value.kind) &&
    isDigest(value.digest) &&
    isSize(value.size) &&
    Array.isArray(value.chunks) &&
    value.chunks.every(isChunk) &&
    (value.stored === true
      ? totalOf(value.chunks) === value.size
      : value.stored === false && !value.chunks.length)
  );
}

function isChunk(value: ChunkEntry | null): boolean {
  return value !== null && isDigest(value.digest) && isSize(value.size) && value.size <= LARGEST_CHUNK;
}

function totalOf(chunks: readonly ChunkEntry[]): number {
  return chunks.reduce((sum, { size }) => sum + size, 0);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && isStoreName(value);
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && parseDigest(value) !== undefined;
}

function isSize(value: unknown): boolean {
  return isInt(value) && value >= 0;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && Number.isFinite(Date.parse(value));
}
