import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.js';
import { HttpRefusal } from './problems.js';
import { BODY_LIMIT, DEPTH_LIMIT } from './limits.js';

const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The JSON body of a request; undefined if there is none.
 *
 * @throws Refusal unsupported-media-type, body-too-large, invalid-json
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const { headers } = request;
  const empty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  const type = headers['content-type'];
  if (empty && type === undefined) return undefined;
  if (!isJson(type)) {
    throw new Refusal('unsupported-media-type', 'The Content-Type must be application/json');
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Refusal('unsupported-media-type', 'The body must not be compressed');
  }
  const bytes = await readBytes(request);
  return bytes.length === 0 ? undefined : parseJson(bytes);
}

function isJson(type: string | undefined): boolean {
  return type !== undefined && /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type);
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = (): Refusal =>
    new HttpRefusal('body-too-large', `A body may have at most ${String(BODY_LIMIT)} bytes`, {
      connection: 'close',
    });
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) throw tooLarge();
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop must not close the socket: the refusal must still be sent.
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > BODY_LIMIT) throw tooLarge();
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('bad-request', 'The body is incomplete');
  }
  return Buffer.concat(pieces);
}

function parseJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('invalid-json', 'The body is not UTF-8 text');
  }
  if (depthOf(text) > DEPTH_LIMIT) {
    throw new Refusal('invalid-json', `The body is nested deeper than ${String(DEPTH_LIMIT)} levels`);
  }
  try {
    return JSON.parse(text, refuseKeys) as unknown;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalid-json', 'The body is not valid JSON');
  }
}

function refuseKeys(key: string, value: unknown): unknown {
  if (REFUSED_KEYS.has(key)) throw new Refusal('invalid-json', `The key ${key} is not allowed`);
  return value;
}

/** Maximum nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (inText) {
      if (c === 0x5c) at++;
      else if (c === 0x22) inText = false;
    } else if (c === 0x22) inText = true;
    else if (c === 0x7b || c === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return deepest;
}
