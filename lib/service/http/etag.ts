import { sha256 } from '../../base/digest.js';
import { Refusal } from '../refusal.js';
import { HttpRefusal } from './problems.js';

/** A strong ETag that depends only on the parts. */
export function etagOf(...parts: readonly string[]): string {
  return `"${sha256(JSON.stringify(parts)).slice(0, 32)}"`;
}

/**
 * Refuses a change of a document that has changed since it was read.
 *
 * @throws Refusal precondition-required, precondition-failed
 */
export function requireMatch(ifMatch: string | undefined, current: string): void {
  if (ifMatch === undefined) {
    throw new Refusal('precondition-required', 'Send the ETag of the document that was read as If-Match');
  }
  const given = ifMatch.split(',').map((tag) => tag.trim());
  if (given.includes('*') || given.includes(current)) return;
  throw new HttpRefusal('precondition-failed', 'The document has changed since it was read; read it again', {
    etag: current,
  });
}

/** True if an If-None-Match header names the version: the client has these bytes. */
export function isKnown(ifNoneMatch: string | undefined, current: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes('*') || known.includes(current);
}
