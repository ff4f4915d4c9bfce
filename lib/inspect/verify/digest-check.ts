import { RunningDigest } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import { resultDigest } from '../../base/result-digest.js';
import type { ArtefactEntry, RunRecord } from '../../store/record-types.js';
import { storedSource, type ArtefactSource } from '../artefacts/artefact-source.js';
import { RecordChunk } from '../artefacts/record-chunk.js';
import type { RunArtefacts } from '../artefacts/run-artefacts.js';
import type { Findings } from './broken.js';
import { wrongInputDigests } from './input-contradiction.js';

const ARTEFACTS = 'artefact digests, sizes and record counts';
const RESULT = 'result digest of the run record';
const INPUTS = 'document digests and input key of the run record';

/**
 * Reads every stored byte and checks it against the run record; returns the kinds whose blobs cannot be read.
 */
export async function checkArtefactDigests(
  artefacts: RunArtefacts,
  findings: Findings,
): Promise<readonly string[]> {
  findings.checking(ARTEFACTS);
  const damaged: string[] = [];
  for (const entry of artefacts.record.artefacts) {
    if (!entry.stored) continue;
    const isRead = await checkArtefact(storedSource(artefacts.store, entry), findings);
    if (!isRead) damaged.push(entry.kind);
  }
  return damaged;
}

/** False if a blob is missing or damaged. */
async function checkArtefact(source: ArtefactSource, findings: Findings): Promise<boolean> {
  const { entry } = source;
  const whole = new RunningDigest();
  let size = 0;
  let records = 0;
  for (const [n, { first_tick }] of source.chunks.entries()) {
    const bytes = await readChunk(source, n, findings);
    if (bytes === undefined) return false;
    const { count } = new RecordChunk(bytes);
    const expected = source.chunks[n]!.records;
    if (count !== expected) {
      const field = `chunks/${String(n)}/records`;
      findings.add(ARTEFACTS, { tick: first_tick, artefact: entry.kind, field, expected, found: count });
    }
    whole.update(bytes);
    size += bytes.length;
    records += count;
  }
  const found: Pick<ArtefactEntry, 'digest' | 'size' | 'records'> = { digest: whole.finish(), size, records };
  for (const field of ['digest', 'size', 'records'] as const) {
    if (found[field] === entry[field]) continue;
    const broken = { tick: null, artefact: entry.kind, field };
    findings.add(ARTEFACTS, { ...broken, expected: entry[field], found: found[field] });
  }
  return true;
}

async function readChunk(
  source: ArtefactSource,
  index: number,
  findings: Findings,
): Promise<Uint8Array | undefined> {
  try {
    return await source.chunk(index);
  } catch (error) {
    if (!(error instanceof AetherError) || !error.code.startsWith('STORE_BLOB_')) throw error;
    const { digest, first_tick } = source.chunks[index]!;
    findings.add(ARTEFACTS, {
      tick: first_tick === 0 ? null : first_tick,
      artefact: source.entry.kind,
      field: `chunks/${String(index)}/digest`,
      expected: digest,
      found: error.code === 'STORE_BLOB_MISSING' ? 'missing blob' : 'a damaged blob',
    });
    return undefined;
  }
}

/** Checks the result digest against the artefact list. */
export function checkResultDigest(record: RunRecord, findings: Findings): void {
  findings.checking(RESULT);
  const expected = resultDigest(record.artefacts);
  if (expected === record.result_digest) return;
  const at = { tick: null, artefact: 'record', field: 'result_digest' };
  findings.add(RESULT, { ...at, expected, found: record.result_digest });
}

export function checkInputDigests(record: RunRecord, inputs: RunInputs, findings: Findings): void {
  findings.checking(INPUTS);
  for (const wrong of wrongInputDigests(record, inputs)) {
    findings.add(INPUTS, { tick: null, artefact: 'record', ...wrong });
  }
}
