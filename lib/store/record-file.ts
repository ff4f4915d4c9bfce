import { sha256, type Digest } from '../base/digest.js';
import { AetherError } from '../base/errors.js';
import { parseRunId, type RunId } from '../base/run-id.js';
import { wrongField } from './record-schemas.js';
import type { BatchRecord, RunRecord } from './record-types.js';
import { wrongRemarkField, type Remark } from './remarks/remark.js';

const SEAL = ',"checksum":"';
/** Size of a seal at the end of a file, in bytes. */
export const SEAL_BYTES = SEAL.length + 64 + '"}\n'.length;

/** The end of a file whose record has this digest. */
export function sealOf(digest: Digest): string {
  return `${SEAL}${digest}"}\n`;
}

/**
 * The bytes of a record file: one line of JSON whose last member, `checksum`, is the SHA-256 of the record
 * without it. Blobs are named by their content; records are not, so they need a checksum to detect flipped
 * bits.
 */
export function sealRecord(record: RunRecord | BatchRecord | Remark): string {
  const body = JSON.stringify(record);
  return `${body.slice(0, -1)}${sealOf(sha256(body))}`;
}

/** Parses a sealed record; undefined if the bytes were not written by sealRecord. */
function unseal(text: string): unknown {
  const at = text.length - SEAL_BYTES;
  if (at < 1 || !text.startsWith(SEAL, at) || !text.endsWith('"}\n')) return undefined;
  const body = `${text.slice(0, at)}}`;
  if (sha256(body) !== text.slice(at + SEAL.length, -3)) return undefined;
  return JSON.parse(body);
}

/**
 * The checksum of a sealed record; undefined when the bytes do not match it. For those who ask it of ten thousand records:
 * nothing is made a text of.
 */
export function matchedSeal(bytes: Uint8Array): Digest | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = all.length - SEAL_BYTES;
  if (at < 1) return undefined;
  const tail = all.toString('latin1', at);
  if (!tail.startsWith(SEAL) || !tail.endsWith('"}\n')) return undefined;
  if (scratch.length <= at) scratch = Buffer.allocUnsafeSlow(2 * (at + 1));
  all.copy(scratch, 0, 0, at);
  scratch[at] = BRACE;
  const digest = sha256(scratch.subarray(0, at + 1));
  return digest === tail.slice(SEAL.length, -3) ? digest : undefined;
}

const BRACE = '}'.charCodeAt(0);

/** For the record without its checksum. */
let scratch = Buffer.allocUnsafeSlow(16 * 1024);

/** The checksum stored in the text of a sealed record; it may not match. */
export function sealIn(text: string): string {
  return text.slice(text.length - SEAL_BYTES + SEAL.length, -3);
}

function schemaAndId(value: unknown): { schema: unknown; id: unknown } | undefined {
  if (typeof value !== 'object' || value === null || !('schema' in value) || !('id' in value))
    return undefined;
  return { schema: value.schema, id: value.id };
}

/**
 * Parses a run record file.
 *
 * @throws AetherError STORE_RECORD_CORRUPT naming `path` (relative to the store)
 */
export function parseRunFile(text: string, id: string, path: string): RunRecord {
  const run = parseSealed(text, { schema: 'aether-run/1', id, path });
  const wrong = wrongField(run);
  if (wrong === undefined) return run as RunRecord;
  throw new AetherError('STORE_RECORD_CORRUPT', `${path} has no usable ${wrong}`);
}

/** True for the text of an intact record of this run. */
export function isRunRecord(text: string, id: string): boolean {
  try {
    return parseRunFile(text, id, id).id === id;
  } catch (error) {
    if (error instanceof AetherError) return false;
    throw error;
  }
}

/** Like parseRunFile, for batch records. */
export function parseBatchFile(text: string, id: string, path: string): BatchRecord {
  return parseSealed(text, { schema: 'aether-batch/1', id, path }) as BatchRecord;
}

/**
 * Like parseRunFile, for remarks.
 *
 * @param id undefined if only the text contains the id
 */
export function parseRemarkFile(text: string, id: string | undefined, path: string): Remark {
  const remark = parseSealed(text, { schema: 'aether-remark/1', id, path });
  const wrong = wrongRemarkField(remark);
  if (wrong === undefined) return remark as Remark;
  throw new AetherError('STORE_RECORD_CORRUPT', `${path} has no usable ${wrong}`);
}

function parseSealed(
  text: string,
  want: { readonly schema: string; readonly id: string | undefined; readonly path: string },
): unknown {
  const value = unseal(text);
  const head = schemaAndId(value);
  if (head === undefined) {
    throw new AetherError('STORE_RECORD_CORRUPT', `${want.path} does not match its checksum`);
  }
  if (head.schema !== want.schema || (want.id !== undefined && head.id !== want.id)) {
    const found = `${String(head.schema)} ${String(head.id)}`;
    throw new AetherError(
      'STORE_RECORD_CORRUPT',
      `${want.path} contains ${found}, not ${want.schema} ${want.id ?? ''}`.trimEnd(),
    );
  }
  return value;
}

/** The bytes of a ref file. */
export function sealRef(target: string): string {
  return `${target}\n`;
}

/** The run id in a ref file; undefined if it contains anything else. */
export function parseRefFile(text: string): RunId | undefined {
  return parseRunId(text.endsWith('\n') ? text.slice(0, -1) : text);
}
