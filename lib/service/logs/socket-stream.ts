import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { LogLine } from './log-lines.js';
import type { StreamLimits } from './sse-stream.js';

/** Policy violation: close code for a client that does not read. */
const CLOSE_SLOW = 1008;
const CLOSE_DONE = 1000;

/** A WebSocket and its connection. */
export interface CarriedSocket {
  readonly socket: WebSocket;
  readonly carrier: Duplex;
}

/**
 * Sends a log over a WebSocket, one entry per message. Waits for each piece to be sent, as server-sent events
 * do.
 */
export async function sendMessages(
  { socket, carrier }: CarriedSocket,
  pieces: AsyncIterable<readonly LogLine[]>,
  { stall_ms, onDrop }: StreamLimits,
): Promise<void> {
  for await (const lines of pieces) {
    if (socket.readyState !== socket.OPEN) return;
    if (lines.length === 0) continue;
    if (await sendAll({ socket, carrier }, lines, stall_ms)) continue;
    if (socket.readyState === socket.OPEN) onDrop();
    socket.close(CLOSE_SLOW, 'the client did not read the log');
    socket.terminate();
    return;
  }
  socket.close(CLOSE_DONE, 'the run has ended');
}

/** True once the last message was sent; false if the socket failed or the time limit is reached. */
function sendAll(
  { socket, carrier }: CarriedSocket,
  lines: readonly LogLine[],
  stallMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), stallMs);
    const sent = (error?: Error): void => {
      clearTimeout(timer);
      resolve(error === undefined || error === null);
    };
    const last = lines.length - 1;
    // All messages are sent together: each alone would be a system call.
    carrier.cork();
    lines.forEach(({ text }, index) => {
      socket.send(text, index === last ? sent : undefined);
    });
    carrier.uncork();
  });
}
