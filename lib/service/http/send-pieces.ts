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
  await pump(await pieces(), response);
}

/** Sends pieces; an answer that breaks off ends its connection. */
export async function pump(made: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  try {
    await pipeline(Readable.from(made), response);
  } catch {
    response.destroy();
  }
}
