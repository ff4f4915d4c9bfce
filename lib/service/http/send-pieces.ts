import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Connections } from './connections.js';

/**
 * Sends bytes as they are produced, at the speed of the client. A failure in the middle closes the
 * connection, so that no client takes the answer as complete.
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
    // Also closes a stream of which nothing was read.
    await made[Symbol.asyncIterator]().return?.();
  }
}

/** Sends pieces in turn with other answers; a failure closes the connection. */
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
