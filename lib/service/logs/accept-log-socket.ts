import type { RunId } from '../../base/run-id.js';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Refusal } from '../refusal.js';
import type { ServiceContext } from '../service-context.js';
import { LOG_LEVELS } from '../wire/log.js';
import { startOffset } from './log-cursor.js';
import { logFilter, type LogFilterQuery } from './log-filter.js';
import { followLog } from './log-follower.js';
import type { LogLine } from './log-lines.js';
import type { StreamLimits } from './sse-stream.js';

const PARAMETERS = ['since', 'level', 'event_type'];

/** Checks a request for a log over a WebSocket; the result sends it. @throws Refusal */
export async function acceptLogSocket(
  context: ServiceContext,
  run: RunId,
  search: URLSearchParams,
): Promise<(socket: WebSocket, carrier: Duplex) => void> {
  const { sources, growth, metrics, connections } = context;
  const query = checkedQuery(search);
  const source = await sources.of(run);
  const offset = await startOffset(source, query.since);
  return (socket, carrier) => {
    const closed = new AbortController();
    socket.on('close', () => {
      closed.abort();
    });
    const pieces = followLog({
      run,
      offset,
      filter: logFilter(query),
      sources,
      growth,
      signal: closed.signal,
      turn: () => connections.turn(),
    });
    metrics.streams.inc({ transport: 'websocket' });
    sendMessages({ socket, carrier }, pieces, context.streamLimits('websocket'))
      .catch(() => {
        socket.terminate();
      })
      .finally(() => {
        metrics.streams.dec({ transport: 'websocket' });
      });
  };
}

function checkedQuery(search: URLSearchParams): LogFilterQuery & { readonly since?: string } {
  for (const [name] of search) {
    if (PARAMETERS.includes(name) && search.getAll(name).length === 1) continue;
    throw new Refusal('invalid-request', 'A parameter is wrong', {
      errors: [{ pointer: name.slice(0, 100), detail: 'is not known here, or given twice' }],
    });
  }
  const level = search.get('level') ?? undefined;
  if (level !== undefined && !(LOG_LEVELS as readonly string[]).includes(level.toUpperCase())) {
    throw new Refusal('invalid-request', `level must be one of ${LOG_LEVELS.join(', ')}`);
  }
  const since = search.get('since') ?? undefined;
  const event_type = search.get('event_type') ?? undefined;
  return {
    ...(level === undefined ? {} : { level }),
    ...(since === undefined ? {} : { since }),
    ...(event_type === undefined ? {} : { event_type }),
  };
}

/** Policy violation: close code for a client that does not read. */
const CLOSE_SLOW = 1008;
const CLOSE_DONE = 1000;

/** A WebSocket and its connection. */
interface CarriedSocket {
  readonly socket: WebSocket;
  readonly carrier: Duplex;
}

/**
 * Sends a log over a WebSocket, one entry per message. Waits for each piece to be sent, as server-sent events
 * do.
 */
async function sendMessages(
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
