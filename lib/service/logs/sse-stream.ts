import type { ServerResponse } from 'node:http';
import { cursorAt } from './log-cursor.js';
import type { LogLine } from './log-lines.js';

const HEARTBEAT_MS = 15_000;

export interface StreamLimits {
  /** Milliseconds for which a client may keep its buffer full before it is dropped. */
  readonly stall_ms: number;
  /** Called for every dropped client. */
  readonly onDrop: () => void;
}

/**
 * Sends a log as server-sent events. Unread data stays in the log, not in memory: the next piece is read
 * after the previous one was sent.
 */
export async function sendEvents(
  response: ServerResponse,
  pieces: AsyncIterable<readonly LogLine[]>,
  limits: StreamLimits,
): Promise<void> {
  response.statusCode = 200;
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  response.setHeader('x-accel-buffering', 'no');
  response.flushHeaders();
  // Clients that do not read are dropped below, and counted; the server would drop them uncounted.
  response.socket?.setTimeout(0);
  response.write('retry: 2000\n\n');
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, HEARTBEAT_MS);
  try {
    for await (const lines of pieces) {
      if (!(await sendPiece(response, lines, limits))) return;
    }
    response.end('event: end\ndata: {}\n\n');
  } finally {
    clearInterval(heartbeat);
  }
}

/** False if the client disconnected or was dropped. */
async function sendPiece(
  response: ServerResponse,
  lines: readonly LogLine[],
  { stall_ms, onDrop }: StreamLimits,
): Promise<boolean> {
  if (response.destroyed) return false;
  if (lines.length === 0) return true;
  const text = lines.map((line) => `id: ${cursorAt(line.end)}\ndata: ${line.text}\n\n`).join('');
  if (response.write(text) || (await drained(response, stall_ms))) return true;
  if (!response.destroyed) onDrop();
  response.destroy();
  return false;
}

/** True if the client has read the pending data; false if it disconnected or the time limit is reached. */
function drained(response: ServerResponse, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (taken: boolean) => (): void => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      response.off('close', onClose);
      resolve(taken);
    };
    const onDrain = settle(true);
    const onClose = settle(false);
    const timer = setTimeout(onClose, milliseconds);
    response.on('drain', onDrain);
    response.on('close', onClose);
  });
}
