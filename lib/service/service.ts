import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express, Router } from 'express';
import { WebSocket, type WebSocketServer } from 'ws';
import { AetherError } from '../base/errors.js';
import type { DocumentFiles, GrowingFiles, TreePlatform } from '../base/ports.js';
import type { Executor, RunBudget } from '../batch/index.js';
import type { DocumentPlaces, ScenarioRegistry } from '../config/index.js';
import type { ArtefactStore, BlobStager } from '../store/port.js';
import type { EngineStamp } from '../store/records.js';
import { createApp, refusalOf } from './app.js';
import { buildContext, type BuiltContext } from './build-context.js';
import type { AuditDesk, GoldenDesk } from './goldens/golden-desk.js';
import { FrontDoor, hostNames, isLoopback } from './http/front-door.js';
import { listeningServer } from './http/listen.js';
import { handleUpgrades } from './http/upgrades.js';
import type { Operation } from './http/operation.js';
import { acceptLogSocket } from './logs/accept-log-socket.js';
import { allRoutes } from './routes/all-routes.js';
import type { WireLogEntry } from './wire/log.js';

/** Everything a service needs; the command line puts it together. */
export interface ServiceOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Null: none is asked for. Anything but loopback needs one. */
  readonly token: string | null;
  /** Further values of the Host header, for reverse proxies. */
  readonly allow_hosts: readonly string[];
  readonly version: string;
  readonly engine: EngineStamp;
  readonly platform: TreePlatform;
  readonly documents: DocumentFiles;
  readonly growing: GrowingFiles;
  readonly store: ArtefactStore;
  readonly stager: BlobStager;
  /** Directory of the service's own documents; created when missing. */
  readonly state: string;
  readonly manifests: readonly string[];
  /** Where the documents may lie; absent: in the project of each manifest. */
  readonly places?: DocumentPlaces;
  readonly registry: ScenarioRegistry;
  readonly random: () => number;
  /** Computes supervised runs; has as many slots as runs may be active. The service closes it. */
  readonly executor: Executor;
  readonly startBatchExecutor: () => Promise<Executor>;
  readonly goldens: GoldenDesk | null;
  readonly audit: AuditDesk | null;
  readonly max_active: number;
  /** What one run may cost at most; checked before anything is allocated for it. */
  readonly budget: RunBudget;
  readonly grace_ms: number;
  readonly stall_ms: number;
  /** Milliseconds a log client may leave its buffer full. */
  readonly client_stall_ms: number;
  readonly dashboard: Router | null;
  /** Hears what the service has to say. */
  readonly onLog: (entry: WireLogEntry) => void;
}

/** Milliseconds that open answers may take when the service closes. */
const CLOSE_MS = 2000;

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
  #closed: Promise<void> | undefined;

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
    this.operations = parts.operations;
    this.app = parts.app;
    const { address, port, family } = parts.server.address() as AddressInfo;
    this.port = port;
    this.url = `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
  }

  /**
   * Takes the state directory over, records what an earlier service left unfinished, and listens.
   *
   * @throws AetherError SERVICE_NEEDS_TOKEN, PORT_TAKEN, STATE_*, STORE_*
   */
  static async start(options: ServiceOptions): Promise<Service> {
    const { host, token } = options;
    if (!isLoopback(host) && (token === null || token === '')) {
      throw new AetherError(
        'SERVICE_NEEDS_TOKEN',
        `listening on ${host} needs a token: --token or AETHER_TOKEN`,
      );
    }
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
    const server = await listeningServer(host, options.port);
    const { port } = server.address() as AddressInfo;
    const door = new FrontDoor({ hosts: hostNames(host, port, options.allow_hosts), token });
    const operations = allRoutes(context);
    const { metrics, log } = context;
    const app = createApp({ operations, version, door, metrics, log, dashboard });
    server.on('request', app);
    const sockets = handleUpgrades(server, {
      door,
      accept: (runId, search) => acceptLogSocket(context, runId, search),
      onError: (error) => refusalOf(error, context.log),
    });
    // The first list reads the whole tree; better before anybody waits for it.
    void context.history.runs().catch(() => undefined);
    context.log.say('INFO', 'service_start', `The service listens on port ${String(port)}`);
    return new Service({ server, sockets, built, operations, app, options });
  }

  /** Stops what runs, lets clients go, and gives everything back. May be called again. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const { context } = this.#built;
    context.log.say('INFO', 'service_stop', 'The service shuts down');
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
  }
}

/** Where the state lies unless told otherwise: beside what it is about, hidden, so that the tree stays what it is. */
export function defaultStateDirectory(store: string): string {
  return join(store, '.service');
}
