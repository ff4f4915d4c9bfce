import { sha256 } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import type { RunId } from '../../base/run-id.js';
import type { ArtefactReader } from '../port.js';
import { parseRemarkFile, sealRecord } from '../record-file.js';
import type { Remark } from '../remarks/remark.js';
import { inRemarkOrder } from '../remarks/run-remarks.js';
import { importInvalid } from './archive-member.js';

/** File name of the remarks in an exported run; absent if there are no remarks. */
export const REMARKS_MEMBER = 'remarks.jsonl';

/**
 * The remarks of a run as lines of sealed records; empty if there are none. A remark about several runs is
 * exported for this one only.
 */
export async function exportedRemarks(store: ArtefactReader, run: RunId): Promise<string> {
  const own = inRemarkOrder(await store.remarks()).filter(({ runs }) => runs.includes(run));
  return own.map((remark) => sealRecord(ownRemark(remark, run))).join('');
}

/**
 * The id differs from that of the original, so that a remark about several runs can be imported with each of
 * them.
 */
function ownRemark(remark: Remark, run: RunId): Remark {
  if (remark.runs.length === 1) return remark;
  return { ...remark, id: `${remark.id}-${sha256(run).slice(0, 8)}`, runs: [run] };
}

/**
 * Parses exported remarks.
 *
 * @throws AetherError STORE_IMPORT_INVALID unless each is about this run only
 */
export function parseExportedRemarks(text: string, run: RunId): readonly Remark[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return inRemarkOrder(lines.map((line) => parseLine(`${line}\n`, run)));
}

function parseLine(line: string, run: RunId): Remark {
  try {
    const remark = parseRemarkFile(line, undefined, REMARKS_MEMBER);
    if (remark.runs.length === 1 && remark.runs[0] === run) return remark;
  } catch (error) {
    if (!(error instanceof AetherError) || error.code !== 'STORE_RECORD_CORRUPT') throw error;
    throw importInvalid(error.message);
  }
  throw importInvalid(`${REMARKS_MEMBER} has a remark about another run`);
}
