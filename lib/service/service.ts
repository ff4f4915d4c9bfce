import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express } from 'express';
import { WebSocket, type WebSocketServer } from 'ws';
import { AetherError } from '../base/errors.js';
import { createApp, refusalOf } from './app.js';
import { buildContext, type BuiltContext } from './build-context.js';
import { FrontDoor, hostNames, isLoopback } from './http/front-door.js';
import { listeningServer } from './http/listen.js';
import { type Refusal } from './refusal.js';
import { stateLost } from './http/problems.js';
import { serveRequests } from './http/serve-requests.js';
import { handleUpgrades } from './http/upgrades.js';
import type { Operation } from './http/operation.js';
import { acceptLogSocket } from './logs/accept-log-socket.js';
import { allRoutes } from './routes/all-routes.js';
import type { ServiceOptions } from './service-options.js';

/** Milliseconds for open answers to finish when the service closes. */
const CLOSE_MS = 2000;
/** Minimum length of a token of a service that other machines can reach. */
const LEAST_TOKEN = 8;

/** One running operator service. */
export class Service {
  readonly url: string;
  readonly port: number;
  readonly app: Express;
  readonly operations: readonly Operation[];
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #built: BuiltContext;
  readonly #options: ServiceOptions;
  /** Resolves when another service has taken over the state directory; this one must be closed then. */
  readonly lost: Promise<void>;
  #closed: Promise<void> | undefined;
  #isLost = false;

  private constructor(parts: {
    server: Server;
    sockets: WebSocketServer;
    built: BuiltContext;
    operations: readonly Operation[];
    app: Express;
    options: ServiceOptions;
  }) {
    this.#server = parts.server;
    this.#sockets = parts.sockets;
    this.#built = parts.built;
    this.#options = parts.options;
    this.lost = parts.built.state.lost.then(() => {
      this.#isLost = true;
      const message = 'Another service has taken over the state directory; this one stops';
      parts.built.context.log.say('ERROR', 'state_lost', message);
    });
    this.operations = parts.operations;
    this.app = parts.app;
    const { address, port, family } = parts.server.address() as AddressInfo;
    this.port = port;
    this.url = `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
  }

  /**
   * Takes over the state directory, records unfinished runs of an earlier service, and listens.
   *
   * @throws AetherError SERVICE_NEEDS_TOKEN, PORT_TAKEN, STATE_*, STORE_*
   */
  static async start(options: ServiceOptions): Promise<Service> {
    const { host, token } = options;
    refuseWeakToken(host, token);
    const built = await buildContext(options);
    try {
      return await Service.#listen(options, built);
    } catch (error) {
      await built.close();
      throw error;
    }
  }

  static async #listen(options: ServiceOptions, built: BuiltContext): Promise<Service> {
    const { context } = built;
    const { version, token, dashboard, host } = options;
    const { connections } = context;
    const server = await listeningServer(host, options.port, connections);
    const { port } = server.address() as AddressInfo;
    const door = new FrontDoor({ hosts: hostNames(host, port, options.allow_hosts), token });
    const operations = allRoutes(context);
    const { metrics, log } = context;
    const ended = (): Refusal | undefined => (built.state.isOwned() ? undefined : stateLost());
    const app = createApp({ operations, version, door, connections, ended, metrics, log, dashboard });
    serveRequests(server, { app, door, ended });
    const sockets = handleUpgrades(server, {
      connections,
      door,
      ended,
      accept: (run, search) => acceptLogSocket(context, run, search),
      onError: (error) => refusalOf(error, context.log),
    });
    // The first list reads the whole tree; start it before the first request.
    void context.history.runs().catch(() => undefined);
    context.log.say('INFO', 'service_start', `The service listens on port ${String(port)}`);
    return new Service({ server, sockets, built, operations, app, options });
  }

  /** Stops all runs, disconnects clients, and releases everything. May be called again. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { context } = this.#built;
    context.log.say('INFO', 'service_stop', 'The service shuts down');
    // The other service is authoritative from now on; nothing of this one must be read any more.
    if (this.#isLost) this.#server.closeAllConnections();
    await this.#built.stopWork();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets.clients)
      if (socket.readyState === WebSocket.OPEN) socket.close(1001, 'the service shuts down');
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => {
      for (const socket of this.#sockets.clients) socket.terminate();
      this.#server.closeAllConnections();
    }, CLOSE_MS);
    await closed;
    clearTimeout(timer);
    this.#sockets.close();
    await this.#built.close();
    await this.#options.executor.close();
    await this.#options.readingThread?.close();
    await this.#options.recordsThread?.close();
  }
}

/** @throws AetherError SERVICE_NEEDS_TOKEN */
function refuseWeakToken(host: string, token: string | null): void {
  const length = token?.trim().length ?? 0;
  if (token !== null && length === 0)
    throw new AetherError(
      'SERVICE_NEEDS_TOKEN',
      'the token is blank; give a token with --token or AETHER_TOKEN',
    );
  if (isLoopback(host)) return;
  if (token === null)
    throw new AetherError(
      'SERVICE_NEEDS_TOKEN',
      `listening on ${host} needs a token: --token or AETHER_TOKEN`,
    );
  if (length < LEAST_TOKEN)
    throw new AetherError(
      'SERVICE_NEEDS_TOKEN',
      `listening on ${host} needs a token of at least ${String(LEAST_TOKEN)} characters, got ${String(length)}`,
    );
}

/** Default directory of the state: beside the store, hidden, so that the tree is not changed. */
export function defaultStateDirectory(store: string): string {
  return join(store, '.service');
}
