import type { RunId } from '../../base/run-id.js';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Refusal } from '../refusal.js';
import type { ServiceContext } from '../service-context.js';
import { LOG_LEVELS } from '../wire/log.js';
import { startOffset } from './log-cursor.js';
import { logFilter, type LogFilterQuery } from './log-filter.js';
import { followLog } from './log-follower.js';
import { sendMessages } from './socket-stream.js';

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
