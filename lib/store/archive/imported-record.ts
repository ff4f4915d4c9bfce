import { AetherError } from '../../base/errors.js';
import { importInvalid } from './archive-member.js';
import { RECORD_MEMBER } from './export-run.js';
import { isStoreName } from '../layout.js';
import { parseRunFile } from '../record-file.js';
import type { ArtefactEntry, RunRecord } from '../record-types.js';
import { resultDigest } from '../../base/result-digest.js';

/** Several times the largest chunk of any run; more must not be held in memory. */
const LARGEST_CHUNK = 256 * 1024 * 1024;

/**
 * Parses a record from an archive and checks its consistency. The id is taken from the record, because the
 * archive may have been renamed.
 *
 * @throws AetherError STORE_IMPORT_INVALID
 */
export function parseImportedRecord(text: string): RunRecord {
  const id = idIn(text);
  if (!isStoreName(id)) throw importInvalid(`${RECORD_MEMBER} has no usable id`);
  const run = sealedRun(text, id);
  const wrong = wrongClaim(run);
  if (wrong !== undefined) throw importInvalid(`${RECORD_MEMBER} has no usable ${wrong}`);
  if (resultDigest(run.artefacts) !== run.result_digest) {
    throw importInvalid(`${RECORD_MEMBER} has a result_digest that does not match its artefacts`);
  }
  return run;
}

function sealedRun(text: string, id: string): RunRecord {
  try {
    return parseRunFile(text, id, RECORD_MEMBER);
  } catch (error) {
    if (!(error instanceof AetherError) || error.code !== 'STORE_RECORD_CORRUPT') throw error;
    throw importInvalid(error.message);
  }
}

function idIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('id' in value)) return '';
    if (typeof value.id === 'string') return value.id;
  } catch {
    // Reported by the caller: a record that is not JSON has no id either.
  }
  return '';
}

/** The first field that contradicts another or exceeds a limit; undefined if there is none. */
function wrongClaim(run: RunRecord): string | undefined {
  const kinds = new Set(run.artefacts.map(({ kind }) => kind));
  if (kinds.size < run.artefacts.length || !run.artefacts.every(isConsistent)) return 'artefacts';
  if (run.ticks_completed > run.ticks_total) return 'ticks_completed';
  const mayStand = run.state === 'completed' || run.state === 'faulted';
  return run.answers === true && !mayStand ? 'answers' : undefined;
}

function isConsistent({ stored, chunks, size }: ArtefactEntry): boolean {
  if (!stored) return chunks.length === 0;
  const total = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  return total === size && chunks.every((chunk) => chunk.size <= LARGEST_CHUNK);
}
