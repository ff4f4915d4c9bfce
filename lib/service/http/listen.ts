import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AetherError, errorCode } from '../../base/errors.js';
import { Refusal } from './problems.js';
import { rawRefusal } from './replies.js';

const LIMITS = { maxHeaderSize: 16 * 1024, requestTimeout: 30_000, headersTimeout: 10_000 };

/**
 * An HTTP server that listens; what is no HTTP request gets a refusal like all others.
 *
 * @throws AetherError PORT_TAKEN, PORT_UNUSABLE
 */
export async function listeningServer(host: string, port: number): Promise<Server> {
  // A missing Host is the front door's to refuse: Node's own answer would be no problem+json.
  const server = createServer({ ...LIMITS, requireHostHeader: false });
  await listen(server, port, host);
  server.on('clientError', answerBrokenRequest);
  return server;
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
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

/** Bytes that are no HTTP request. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new Refusal('headers-too-large', 'The headers are too large')
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new Refusal('request-timeout', 'The request did not arrive in time')
        : new Refusal('bad-request', 'This is no HTTP request');
  socket.end(rawRefusal(refusal));
}
