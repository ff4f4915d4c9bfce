import { parseRunId, type RunId } from '../../base/run-id.js';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Connections } from './connections.js';
import type { FrontDoor } from './front-door.js';
import { Refusal } from '../refusal.js';
import { MESSAGE_LIMIT } from './limits.js';

/** Interval of pings in milliseconds. */
const SILENCE_MS = 30_000;
const STREAM_PATH = /^(?:\/api\/v1)?\/runs\/([^/]+)\/logs\/stream$/;

/** Takes over a WebSocket and its connection. */
type UseSocket = (socket: WebSocket, carrier: Duplex) => void;

export interface UpgradeOptions {
  readonly connections: Connections;
  readonly door: FrontDoor;
  /** Why no request is answered any more; undefined while they are. */
  readonly ended: () => Refusal | undefined;
  /** Checks a request before its upgrade; the result takes the socket. May refuse. */
  readonly accept: (run: RunId, search: URLSearchParams) => Promise<UseSocket>;
  readonly onError: (error: unknown) => Refusal;
}

/** Accepts WebSockets, with the same front door as all requests. */
export function handleUpgrades(server: Server, options: UpgradeOptions): WebSocketServer {
  const { connections } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT,
    perMessageDeflate: false,
  });
  sockets.on('wsClientError', (_error, socket) => {
    connections.refuse(socket, new Refusal('bad-request', 'This is not a WebSocket handshake'));
  });
  dropSilent(sockets);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    admit(request, options)
      .then((use) => {
        if (socket.destroyed) return;
        socket.once('close', connections.takeStream());
        sockets.handleUpgrade(request, socket, head, (client) => {
          client.on('error', () => client.terminate());
          sockets.emit('connection', client, request);
          use(client, socket);
        });
      })
      .catch((error: unknown) => {
        connections.refuse(socket, options.onError(error));
      });
  });
  return sockets;
}

/** Drops clients that do not answer: a peer that disappeared silently would keep its place forever. */
function dropSilent(sockets: WebSocketServer): void {
  const heard = new WeakSet<WebSocket>();
  sockets.on('connection', (client: WebSocket) => {
    heard.add(client);
    client.on('pong', () => heard.add(client));
  });
  const timer = setInterval(() => {
    for (const client of sockets.clients) {
      if (heard.delete(client)) client.ping();
      else client.terminate();
    }
  }, SILENCE_MS).unref();
  sockets.on('close', () => {
    clearInterval(timer);
  });
}

async function admit(request: IncomingMessage, { door, ended, accept }: UpgradeOptions): Promise<UseSocket> {
  const refusal = door.refusal(request) ?? ended();
  if (refusal !== undefined) throw refusal;
  if (request.headers.upgrade?.toLowerCase() !== 'websocket' || request.method !== 'GET') {
    throw new Refusal('bad-request', 'Only upgrades to WebSocket are supported');
  }
  const [path = '', search = ''] = (request.url ?? '').split('?', 2);
  const named = STREAM_PATH.exec(path)?.[1];
  if (named === undefined) throw new Refusal('not-found', 'There is no WebSocket at this path');
  const run = parseRunId(decoded(named));
  if (run === undefined) throw new Refusal('invalid-request', 'The run id does not have the required form');
  return accept(run, new URLSearchParams(search));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal('bad-request', 'The URL is malformed');
  }
}
