import { createHash, hash } from 'node:crypto';
import { canonicalJson, type Json } from './canonical-json.js';
import type { Digest } from './digest-text.js';

export { parseDigest, type Digest } from './digest-text.js';

/** SHA-256 of bytes, or of the UTF-8 form of a text. */
export function sha256(data: Uint8Array | string): Digest {
  return hash('sha256', data, 'hex') as Digest;
}

/** H(record) of the engine contract, section 1: SHA-256 of the record's canonical JSON. */
export function hashRecord(record: Json): Digest {
  return sha256(canonicalJson(record));
}

/** Number of items hashed per update. */
const HASHED_AT_ONCE = 1000;

/** H of a list, with only a part of it in memory as text. */
export function hashList(items: Iterable<Json>): Digest {
  const running = new RunningDigest();
  let texts: string[] = [];
  let before = '[';
  const flush = (): void => {
    if (texts.length === 0) return;
    running.update(Buffer.from(before + texts.join(',')));
    before = ',';
    texts = [];
  };
  for (const item of items) {
    texts.push(canonicalJson(item));
    if (texts.length === HASHED_AT_ONCE) flush();
  }
  flush();
  running.update(Buffer.from(before === '[' ? '[]' : ']'));
  return running.finish();
}

/** Incremental SHA-256. */
export class RunningDigest {
  readonly #hash = createHash('sha256');

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** The digest of all input; call once. */
  finish(): Digest {
    return this.#hash.digest('hex') as Digest;
  }
}
