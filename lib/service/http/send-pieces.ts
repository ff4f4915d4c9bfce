import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Connections } from './connections.js';

/**
 * Sends bytes as they are made, no faster than the client takes them. An answer that breaks off ends its connection, so
 * that no client takes it for a whole one.
 *
 * @throws Refusal too-many-streams
 */
export async function sendPieces(
  response: ServerResponse,
  connections: Connections,
  pieces: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
): Promise<void> {
  if (response.destroyed) return;
  response.once('close', connections.takeStream());
  const made = await pieces();
  try {
    await pump(response, connections, made);
  } finally {
    // Also what was given up before anything of it was read.
    await made[Symbol.asyncIterator]().return?.();
  }
}

/** Sends pieces by turns with others; an answer that breaks off ends its connection. */
export async function pump(
  response: ServerResponse,
  connections: Connections,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  try {
    await pipeline(Readable.from(inTurns(pieces, connections)), response);
  } catch {
    response.destroy();
  }
}

async function* inTurns(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  connections: Connections,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of pieces) {
    await connections.turn();
    yield piece;
  }
}
