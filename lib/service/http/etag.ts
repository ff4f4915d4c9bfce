import { sha256 } from '../../base/digest.js';
import { Refusal } from './problems.js';

/** A strong ETag for the bytes of an editable document. */
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
    throw new Refusal('precondition-required', 'Send the ETag of the document you read as If-Match');
  }
  const given = ifMatch.split(',').map((tag) => tag.trim());
  if (given.includes('*') || given.includes(current)) return;
  throw new Refusal('precondition-failed', 'The document has changed since it was read; read it again', {
    headers: { etag: current },
  });
}
