import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AetherError, errorCode } from '../../base/errors.js';
import type { Connections } from './connections.js';
import { Refusal } from '../refusal.js';
import { HttpRefusal } from './problems.js';
import { HEADER_LIMIT, HEADER_MS, MOST_HEADERS, REQUEST_MS } from './limits.js';

const LIMITS = {
  maxHeaderSize: HEADER_LIMIT,
  requestTimeout: REQUEST_MS,
  headersTimeout: HEADER_MS,
  /** Idle connections are closed for new ones at the limit, so they may stay open for a while. */
  keepAliveTimeout: 20_000,
  /** Interval at which connections are checked against the two times above. */
  connectionsCheckingInterval: 1_000,
};

/**
 * Maximum of connections queued by the system until they are accepted. Beyond it the system drops packets of
 * clients, which retry after one second, then three, then seven.
 */
const BACKLOG = 4096;

/**
 * A listening HTTP server; input that is not HTTP gets a refusal like all others.
 *
 * @throws AetherError PORT_TAKEN, PORT_UNUSABLE
 */
export async function listeningServer(host: string, port: number, connections: Connections): Promise<Server> {
  // The front door refuses a missing Host: the answer of Node would not be problem+json.
  const server = createServer({ ...LIMITS, requireHostHeader: false });
  // Node drops headers beyond this number; one more than allowed shows that there were too many.
  server.maxHeadersCount = MOST_HEADERS + 1;
  connections.guard(server);
  server.on('clientError', (error: Error & { code?: string }, socket: Duplex) => {
    if (error.code === 'ECONNRESET') socket.destroy();
    else connections.refuse(socket, brokenRequest(error.code));
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    const refusal = new HttpRefusal('method-not-allowed', 'This service is not a proxy', {
      allow: 'GET, HEAD, POST',
    });
    connections.refuse(socket, refusal);
  });
  await listen(server, port, host);
  return server;
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, backlog: BACKLOG }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EADDRINUSE')
      throw new AetherError(
        'PORT_TAKEN',
        `port ${String(port)} on ${host} is taken; choose another with --port`,
        error,
      );
    throw new AetherError(
      'PORT_UNUSABLE',
      `cannot listen on ${host} port ${String(port)}: ${code ?? 'unknown error'}`,
      error,
    );
  }
}

/** The refusal of bytes that are not an HTTP request. */
function brokenRequest(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return new Refusal('headers-too-large', 'The headers are too large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Refusal('request-timeout', 'The request did not arrive in time');
  return new Refusal('bad-request', 'This is not an HTTP request');
}
