import type { ServerResponse } from 'node:http';
import type { Connections } from './connections.js';
import { startAnswer, type WholeAnswer } from './replies.js';
import { pump } from './send-pieces.js';

/** Maximum bytes of an answer that is sent at once. */
export const AT_ONCE = 256 * 1024;

/**
 * Sends a long body piece by piece, at the speed of the client.
 *
 * @throws Refusal too-many-streams
 */
export async function sendLong(
  response: ServerResponse,
  connections: Connections,
  answer: WholeAnswer,
): Promise<void> {
  if (response.destroyed) return;
  response.once('close', connections.takeAnswer(answer.body.length));
  startAnswer(response, answer);
  await pump(response, connections, piecesOf(answer.body));
}

function* piecesOf(body: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < body.length; at += AT_ONCE) yield body.subarray(at, at + AT_ONCE);
}
